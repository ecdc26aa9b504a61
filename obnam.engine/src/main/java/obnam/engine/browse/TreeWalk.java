package obnam.engine.browse;

import java.util.ArrayDeque;
import java.util.Deque;
import obnam.api.DamageException;
import obnam.api.MissingObjectException;
import obnam.api.ObnamException;
import obnam.api.UsageException;
import obnam.engine.Entry;
import obnam.engine.TreeReference;
import obnam.engine.format.TreeNodes;
import obnam.engine.repository.ChunkReader;
import obnam.engine.tree.TreeCursor;

/// Walks a tree and all below it in order. Holds one leaf, and the nodes above it, of each directory on the way
/// down, and
/// uses no deeper Java stack for deeper trees.
public final class TreeWalk {

    /// Is told what the walk meets, in order, on the thread of the walk.
    public interface Visitor {

        /// A directory.
        ///
        /// @return whether to walk through its entries, which then come before a [#leave]
        boolean enter(Entry directory, TreeNodes.Owners owners);

        /// The end of the directory entered last and not left yet.
        void leave();

        /// Anything but a directory.
        void entry(Entry entry, TreeNodes.Owners owners);

        /// The directory the walk stands in, or an entry of it, cannot be read; the walk goes on with what can.
        ///
        /// @param damage what is wrong
        void damaged(ObnamException damage);
    }

    private final ChunkReader reader;
    private final Visitor visitor;
    private final Deque<TreeCursor> open = new ArrayDeque<>();

    /// @param reader where chunks come from
    /// @param visitor is told
    public TreeWalk(ChunkReader reader, Visitor visitor) {
        this.reader = reader;
        this.visitor = visitor;
    }

    /// Whether an error concerns the data that were asked for, so that other data may still be read.
    public static boolean isDamage(ObnamException error) {
        return error instanceof DamageException
                || error instanceof MissingObjectException
                || error instanceof UsageException;
    }

    /// Walks through the entries of a directory and all below them.
    public void walk(TreeReference tree) {
        if (!descend(tree)) {
            return;
        }
        while (!open.isEmpty()) {
            if (!next(open.element())) {
                open.remove();
                if (!open.isEmpty()) {
                    visitor.leave();
                }
            }
        }
    }

    /// @return whether the directory has to be left by and by
    private boolean descend(TreeReference tree) {
        try {
            open.push(new TreeCursor(reader, tree));
            return true;
        } catch (ObnamException e) {
            tell(e);
            return false;
        }
    }

    /// @return whether the directory has more entries
    private boolean next(TreeCursor cursor) {
        Entry entry;
        try {
            if (!cursor.next()) {
                return false;
            }
        } catch (ObnamException e) {
            tell(e);
            return false;
        }
        try {
            entry = cursor.entry().entry();
        } catch (ObnamException e) {
            tell(e);
            return true;
        }
        if (!(entry.body() instanceof Entry.Directory(TreeReference below))) {
            visitor.entry(entry, cursor.owners());
        } else if (visitor.enter(entry, cursor.owners()) && !descend(below)) {
            visitor.leave();
        }
        return true;
    }

    private void tell(ObnamException error) {
        if (!isDamage(error)) {
            throw error;
        }
        visitor.damaged(error);
    }
}

package model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Tells a path in words, with one name for each pack and actor all along it, although the worlds on it are renamed at
/// each step.
final class Trace {

    private final Instance in;
    private final Layout at;
    private final Coder coder;
    private final Protocol protocol;
    private final List<String> lines = new ArrayList<>();
    private String[] packs;
    private String[] backups;
    private String[] prunes;
    private String[] chunks;
    private int named;

    Trace(Instance in, Layout at, Coder coder, Protocol protocol) {
        this.in = in;
        this.at = at;
        this.coder = coder;
        this.protocol = protocol;
        packs = new String[in.packs()];
        backups = new String[in.backups().size()];
        prunes = new String[in.prunes()];
        chunks = new String[in.chunks()];
    }

    private record Found(World world, Moves.Step step) {}

    List<String> describe(List<long[]> path) {
        Arrays.fill(packs, "");
        Arrays.setAll(backups, b -> "backup " + (b + 1));
        Arrays.setAll(prunes, k -> "prune " + (k + 1));
        Arrays.setAll(chunks, c -> String.valueOf((char) ('a' + c)));
        World first = World.initial(in, at);
        nameNew(first.packs());
        lines.add("at the beginning: one snapshot, in " + names(first, first.packs()));
        rename(first);
        for (int i = 1; i < path.size(); i++) {
            World before = coder.read(path.get(i - 1));
            Found found = find(before, path.get(i));
            nameNew(found.world.packs() & ~before.packs());
            lines.add(line(found));
            rename(found.world);
        }
        return lines;
    }

    private Found find(World before, long[] after) {
        List<Found> matching = new ArrayList<>();
        long[] code = new long[coder.words()];
        Moves moves = new Moves(
                (world, step) -> {
                    coder.write(world, code);
                    if (Arrays.equals(code, after)) {
                        matching.add(new Found(world, step));
                    }
                },
                true);
        protocol.moves(before, moves);
        return matching.getFirst();
    }

    private void nameNew(int fresh) {
        for (int rest = fresh; rest != 0; rest &= rest - 1) {
            packs[Integer.numberOfTrailingZeros(rest)] = "pack " + ++named;
        }
    }

    private String line(Found found) {
        Moves.Step step = found.step;
        String who = switch (step.kind()) {
            case BACKUP -> backups[step.actor()];
            case PRUNE -> prunes[step.actor()];
            case NONE, CHUNK -> "somebody";
        };
        String what = step.packs() == 0 ? "" : " " + names(found.world, step.packs());
        return who + " " + step.text() + what + (step.noticed() ? "; a listing under way takes this up late" : "");
    }

    private String names(World world, int chosen) {
        List<String> names = new ArrayList<>();
        for (int rest = chosen; rest != 0; rest &= rest - 1) {
            int pack = Integer.numberOfTrailingZeros(rest);
            StringBuilder held = new StringBuilder();
            for (int c = 0; c < in.chunks(); c++) {
                held.append((world.chunksOf(pack) >> c & 1) != 0 ? chunks[c] : "");
            }
            names.add(packs[pack] + (held.isEmpty() ? "" : " (" + held + ")"));
        }
        return String.join(", ", names);
    }

    /// Gives each name the place that the written form gives it.
    private void rename(World world) {
        Coder.Renaming renaming = coder.write(world, new long[coder.words()]);
        Map<String, Long> columns = new HashMap<>();
        List<String> sorted = new ArrayList<>();
        for (int rest = world.packs(); rest != 0; rest &= rest - 1) {
            int pack = Integer.numberOfTrailingZeros(rest);
            columns.put(packs[pack], coder.column(world, renaming, pack));
            sorted.add(packs[pack]);
        }
        sorted.sort((a, b) -> Long.compare(columns.get(b), columns.get(a)));
        Arrays.fill(packs, "");
        for (int i = 0; i < sorted.size(); i++) {
            packs[i] = sorted.get(i);
        }
        backups = moved(backups, renaming.backups());
        prunes = moved(prunes, renaming.prunes());
        chunks = moved(chunks, renaming.chunks());
    }

    private static String[] moved(String[] names, int[] places) {
        String[] moved = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            moved[places[i]] = names[i];
        }
        return moved;
    }
}

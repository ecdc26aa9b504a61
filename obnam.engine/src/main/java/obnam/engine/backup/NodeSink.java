package obnam.engine.backup;

import obnam.api.ChunkId;
import obnam.engine.format.ByteWriter;

/// Takes the nodes of trees and lists and stores those that are new.
interface NodeSink {

    /// Takes a tree node; the writer is the caller's again afterwards.
    ChunkId tree(ByteWriter node);

    /// Takes a list node; the writer is the caller's again afterwards.
    ChunkId list(ByteWriter node);
}

package io.ghala.snapshot;

import io.ghala.model.Epoch;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.StreamId;

/**
 * Every intent of {@code epoch} up to and including {@code through} is applied, dead or unknown to the stream, and what
 * was applied is in {@code version} and all later ones.
 */
public record Watermark(Epoch epoch, StreamId through, SnapshotVersion version) {}

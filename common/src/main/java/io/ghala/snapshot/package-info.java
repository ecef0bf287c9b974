/**
 * What is published: a {@link io.ghala.snapshot.Manifest} that names immutable parts, each kept as blobs of at most 4
 * MiB, and the port to the place where it is kept. Rows travel as Arrow vectors; a codec per
 * {@link io.ghala.model.SnapshotFormat} turns them into the bytes of a blob.
 */
@NullMarked
package io.ghala.snapshot;

import org.jspecify.annotations.NullMarked;

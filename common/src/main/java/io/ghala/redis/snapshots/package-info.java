/**
 * Snapshots in Redis: blobs, manifests, their publication, sweeping and announcements. Adapters of the ports of
 * {@code io.ghala.snapshot}.
 */
@NullMarked
package io.ghala.redis.snapshots;

import org.jspecify.annotations.NullMarked;

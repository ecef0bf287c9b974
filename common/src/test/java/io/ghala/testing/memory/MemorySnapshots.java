package io.ghala.testing.memory;

import io.ghala.lease.Lease;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.ManifestCodec;
import io.ghala.snapshot.MissingBlobException;
import io.ghala.snapshot.SnapshotPublisher;
import io.ghala.snapshot.Watermark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Snapshots in memory, with the promises of the port: keys are used once, a flip needs its base and its blobs, blobs
 * that a replaced manifest named are dropped at once. Whoever publishes a table first holds its lease.
 */
public final class MemorySnapshots implements SnapshotPublisher {
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<TableName, Manifest> manifests = new TreeMap<>();
    private final Map<TableName, Watermark> watermarks = new TreeMap<>();
    private final Set<TableName> repairs = new HashSet<>();
    private final Map<TableName, Lease> holders = new HashMap<>();
    private long sequence;
    private long version;
    private long stagedBytes;

    /** Forgets everything, as a wiped Redis. */
    public synchronized void wipe() {
        blobs.clear();
        manifests.clear();
        watermarks.clear();
    }

    /** Flips one bit of a blob. */
    public void damage(BlobRef blob) {
        byte[] bytes = blobs.get(blob.key());
        if (bytes == null) {
            throw new IllegalArgumentException("there is no blob " + blob.key());
        }
        bytes[bytes.length / 2] ^= 1;
    }

    /** Bytes staged since the last call. */
    public synchronized long takeStagedBytes() {
        long bytes = stagedBytes;
        stagedBytes = 0;
        return bytes;
    }

    public int blobCount() {
        return blobs.size();
    }

    @Override
    public synchronized List<BlobRef> stage(TableName table, List<EncodedBlob> fresh) {
        List<BlobRef> refs = new ArrayList<>();
        for (EncodedBlob blob : fresh) {
            String key = "b" + sequence++;
            blobs.put(key, blob.bytes().clone());
            stagedBytes += blob.bytes().length;
            refs.add(new BlobRef(key, blob.rows(), blob.bytes().length, crc32c(blob.bytes())));
        }
        return refs;
    }

    @Override
    public void discard(TableName table, List<BlobRef> unwanted) {
        unwanted.forEach(blob -> blobs.remove(blob.key()));
    }

    private static int crc32c(byte[] bytes) {
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    @Override
    public synchronized Manifest publish(Publication publication, Lease lease) {
        requireHeld(publication.table(), lease);
        SnapshotVersion current = Optional.ofNullable(manifests.get(publication.table()))
                .map(Manifest::version)
                .orElse(SnapshotVersion.NONE);
        if (!current.equals(publication.baseVersion())) {
            throw new StaleBaseException("version is " + current);
        }
        version++;
        String text = ManifestCodec.compose(version, 0, ManifestCodec.encodeBody(publication));
        Manifest manifest = ManifestCodec.decode(publication.table(), text);
        Set<String> named = new HashSet<>();
        for (BlobRef blob : manifest.allBlobs()) {
            if (!blobs.containsKey(blob.key())) {
                throw new StagingLostException("blob " + blob.key() + " is gone");
            }
            named.add(blob.key());
        }
        manifests.put(publication.table(), manifest);
        publication.base().ifPresent(base -> base.allBlobs().stream()
                .filter(blob -> !named.contains(blob.key()))
                .forEach(blob -> blobs.remove(blob.key())));
        publication
                .watermark()
                .ifPresent(mark -> watermarks.put(
                        publication.table(), new Watermark(mark.epoch(), mark.through(), manifest.version())));
        return manifest;
    }

    private void requireHeld(TableName table, Lease lease) {
        if (!holders.computeIfAbsent(table, t -> lease).equals(lease)) {
            throw new LostLeaseException("table " + table + " is published by another process now");
        }
    }

    @Override
    public synchronized void moveWatermark(TableName table, Watermark mark, Lease lease) {
        requireHeld(table, lease);
        if (!version(table).equals(Optional.of(mark.version()))) {
            throw new StaleBaseException("version is " + version(table));
        }
        watermarks.put(table, mark);
    }

    @Override
    public synchronized void withdraw(TableName table, Lease lease) {
        requireHeld(table, lease);
        manifests.remove(table);
        watermarks.remove(table);
    }

    @Override
    public synchronized void withdrawCorrupt(TableName table) {
        manifests.remove(table);
        watermarks.remove(table);
    }

    @Override
    public int sweep(TableName table, Lease lease) {
        return 0;
    }

    @Override
    public synchronized boolean takeRepairRequest(TableName table) {
        return repairs.remove(table);
    }

    @Override
    public synchronized void requestRepair(TableName table, String reason) {
        repairs.add(table);
    }

    @Override
    public synchronized Set<TableName> tables() {
        return Set.copyOf(manifests.keySet());
    }

    @Override
    public synchronized Optional<SnapshotVersion> version(TableName table) {
        return manifest(table).map(Manifest::version);
    }

    @Override
    public synchronized Optional<Manifest> manifest(TableName table) {
        return Optional.ofNullable(manifests.get(table));
    }

    @Override
    public synchronized Optional<Watermark> watermark(TableName table) {
        return Optional.ofNullable(watermarks.get(table));
    }

    @Override
    public List<byte[]> blobs(List<BlobRef> refs) {
        List<byte[]> found = new ArrayList<>();
        for (BlobRef ref : refs) {
            byte[] bytes = blobs.get(ref.key());
            if (bytes == null) {
                throw new MissingBlobException("blob " + ref.key() + " is gone");
            }
            if (crc32c(bytes) != ref.crc32c()) {
                throw new io.ghala.snapshot.CorruptSnapshotException("blob " + ref.key() + " is damaged");
            }
            found.add(bytes.clone());
        }
        return found;
    }
}

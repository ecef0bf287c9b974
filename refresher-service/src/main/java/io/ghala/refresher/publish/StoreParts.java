package io.ghala.refresher.publish;

import io.ghala.model.TableName;
import io.ghala.refresher.index.Part;
import io.ghala.refresher.index.PartIndex;
import io.ghala.refresher.index.PartIndexCodec;
import io.ghala.refresher.index.RowData;
import io.ghala.refresher.parts.BuildPart.Built;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.DeletionVector;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.PartRef;
import io.ghala.snapshot.SnapshotPublisher;
import io.ghala.snapshot.SnapshotPublisher.EncodedBlob;
import io.ghala.snapshot.hash.ContentHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.memory.BufferAllocator;

/** Brings parts to where snapshots are kept: rows, index, and the marks that change from version to version. */
public final class StoreParts {
    private final TableName table;
    private final SnapshotPublisher snapshots;
    private final BufferAllocator allocator;
    private final AtomicLong bytes = new AtomicLong();
    private final Queue<BlobRef> unpublished = new ConcurrentLinkedQueue<>();

    public StoreParts(TableName table, SnapshotPublisher snapshots, BufferAllocator allocator) {
        this.table = table;
        this.snapshots = snapshots;
        this.allocator = allocator;
    }

    /** Bytes that were stored since the last call. */
    public long takeBytes() {
        return bytes.getAndSet(0);
    }

    /** Stores a new part. One without blobs is of hidden rows: nothing of them is stored but where they came from. */
    public Part store(Built built, long settingsHash) {
        List<EncodedBlob> all = new ArrayList<>(built.blobs());
        all.addAll(pieces(PartIndexCodec.encode(built.index(), settingsHash)));
        List<BlobRef> stored = stage(all);
        List<BlobRef> blobs = stored.subList(0, built.blobs().size());
        long rows = blobs.stream().mapToLong(BlobRef::rows).sum();
        PartRef ref = new PartRef(
                hash(built.index()),
                built.schema(),
                rows,
                rows,
                blobs.stream().mapToLong(BlobRef::bytes).sum(),
                blobs,
                Optional.empty(),
                new PartRef.Books(stored.subList(built.blobs().size(), stored.size()), Optional.empty()));
        return part(built.index(), ref, new BitSet(), new BitSet());
    }

    /** Rows without values are hidden, all of them. */
    private static Part part(PartIndex index, PartRef ref, BitSet hidden, BitSet gone) {
        if (ref.blobs().isEmpty()) {
            hidden.set(0, index.rows());
        }
        return new Part(index, new RowData.Stored(ref), hidden, gone);
    }

    private static String hash(PartIndex index) {
        ContentHash hash = new ContentHash();
        for (long row : index.rowHashes()) {
            hash.add(row);
        }
        return hash.ofRows();
    }

    /** Stores the marks of a part if they changed; returns the part as it is to be published. */
    public PartRef storeMarks(Part part) {
        PartRef ref = part.ref()
                .orElseThrow(() -> new IllegalStateException("a part of table " + table + " has marks but no rows"));
        if (!part.changed()) {
            return ref;
        }
        BitSet not = ref.blobs().isEmpty() ? new BitSet() : part.notVisible();
        BitSet gone = part.goneFiles();
        List<EncodedBlob> all = new ArrayList<>();
        if (!not.isEmpty()) {
            all.add(new EncodedBlob(DeletionVector.encode(not, allocator), not.cardinality()));
        }
        if (!gone.isEmpty()) {
            all.add(new EncodedBlob(gone.toByteArray(), 0));
        }
        List<BlobRef> stored = stage(all);
        return new PartRef(
                ref.contentHash(),
                ref.schema(),
                ref.rows(),
                ref.rows() - not.cardinality(),
                ref.bytes(),
                ref.blobs(),
                not.isEmpty() ? Optional.empty() : Optional.of(stored.get(0)),
                new PartRef.Books(
                        ref.books().index(),
                        gone.isEmpty() ? Optional.empty() : Optional.of(stored.get(stored.size() - 1))));
    }

    private List<BlobRef> stage(List<EncodedBlob> blobs) {
        bytes.addAndGet(blobs.stream().mapToLong(blob -> blob.bytes().length).sum());
        List<BlobRef> stored = snapshots.stage(table, blobs);
        unpublished.addAll(stored);
        return stored;
    }

    /**
     * Removes what was stored for {@code manifest} and is not in it: parts that were merged before they were ever
     * published.
     */
    public void published(Manifest manifest) {
        Set<BlobRef> named = new HashSet<>(manifest.allBlobs());
        List<BlobRef> left =
                unpublished.stream().filter(blob -> !named.contains(blob)).toList();
        unpublished.clear();
        if (!left.isEmpty()) {
            snapshots.discard(table, left);
        }
    }

    private static List<EncodedBlob> pieces(byte[] bytes) {
        List<EncodedBlob> pieces = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += BlobRef.MAX_BYTES) {
            pieces.add(new EncodedBlob(
                    Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + BlobRef.MAX_BYTES)), 0));
        }
        return pieces;
    }

    /**
     * Takes up a part as it was published.
     *
     * @throws CorruptSnapshotException when its books are damaged, or of other settings
     * @throws io.ghala.snapshot.MissingBlobException when they are gone
     */
    public Part restore(PartRef ref, long settingsHash) {
        byte[] bytes = joined(snapshots.blobs(ref.books().index()));
        PartIndex index = PartIndexCodec.decode(bytes, settingsHash);
        if (!ref.blobs().isEmpty() && index.rows() != ref.rows()) {
            throw new CorruptSnapshotException(
                    "a part's index has " + index.rows() + " rows, the part has " + ref.rows());
        }
        BitSet not = ref.deletes()
                .map(blob ->
                        DeletionVector.decode(snapshots.blobs(List.of(blob)).get(0), ref, allocator))
                .orElseGet(BitSet::new);
        BitSet gone = ref.books()
                .marks()
                .map(blob -> BitSet.valueOf(snapshots.blobs(List.of(blob)).get(0)))
                .orElseGet(BitSet::new);
        return part(index, ref, not, gone);
    }

    private static byte[] joined(List<byte[]> pieces) {
        byte[] all = new byte[pieces.stream().mapToInt(piece -> piece.length).sum()];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        return all;
    }
}

package io.ghala.snapshot;

import io.ghala.lease.Lease;
import io.ghala.model.KeyColumn;
import io.ghala.model.SnapshotFormat;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import io.ghala.type.TypeBasis;
import java.util.List;
import java.util.Optional;

/** The writing side: blobs first under names that nobody else has, then one atomic flip of the manifest. */
public interface SnapshotPublisher extends SnapshotReader {
    /**
     * Registers fresh keys, stores the bytes under them and checks each length. What is staged but never flipped is
     * swept later.
     *
     * @return a reference per blob, in order
     */
    List<BlobRef> stage(TableName table, List<EncodedBlob> blobs);

    /** Removes staged blobs that will never be published. Those that are forgotten instead are swept later. */
    void discard(TableName table, List<BlobRef> blobs);

    /**
     * Swaps the manifest if the lease is held, {@code base} is still the published version and every new blob is
     * staged; hands blobs that are no longer named to the sweeper; announces.
     *
     * @return the manifest as published, with its version and time
     * @throws LostLeaseException another process holds the lease: stop publishing this table
     * @throws StaleBaseException another version was published meanwhile: read it and build again
     * @throws StagingLostException a new blob is not staged any more: stage and publish again
     */
    Manifest publish(Publication publication, Lease lease);

    /**
     * Moves the watermark alone because the content did not change; the version stays.
     *
     * @throws LostLeaseException as above
     * @throws StaleBaseException {@code mark.version()} is not the published version
     */
    void moveWatermark(TableName table, Watermark mark, Lease lease);

    /**
     * Takes back a table whose folder is gone: manifest and watermark are removed, blobs go to the sweeper, readers are
     * told.
     */
    void withdraw(TableName table, Lease lease);

    /**
     * Removes a manifest that cannot be read, so that the next publication starts from none. Its blobs are found by no
     * one any more.
     */
    void withdrawCorrupt(TableName table);

    /** Deletes blobs whose grace is over and staged ones that nobody flipped. Returns how many blobs went. */
    int sweep(TableName table, Lease lease);

    /** Whether readers asked for repair of the table since the last call. */
    boolean takeRepairRequest(TableName table);

    /** Encoded rows on their way to a key of their own. The bytes are handed over: nobody changes them any more. */
    @SuppressWarnings("ArrayRecordComponent") // blobs of megabytes are not copied, and never compared
    record EncodedBlob(byte[] bytes, long rows) {}

    /**
     * A manifest to be: all but version and time, which Redis gives. {@code base} is empty where nothing is published.
     */
    record Publication(
            TableName table,
            Optional<Manifest> base,
            SnapshotFormat format,
            TableSchema schema,
            KeyColumn keyColumn,
            List<PartRef> parts,
            List<PartRef> hiddenParts,
            long files,
            String rootHash,
            List<RefusedFile> refused,
            Optional<WatermarkMove> watermark,
            TypeBasis basis) {
        public Publication {
            parts = List.copyOf(parts);
            hiddenParts = List.copyOf(hiddenParts);
            refused = List.copyOf(refused);
        }

        /** The version that this one is built on. */
        public SnapshotVersion baseVersion() {
            return base.map(Manifest::version).orElse(SnapshotVersion.NONE);
        }
    }

    /** The watermark that becomes true with a publication. */
    record WatermarkMove(io.ghala.model.Epoch epoch, io.ghala.model.StreamId through) {}

    /** Another process holds the lease: stop and stand by. */
    final class LostLeaseException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public LostLeaseException(String message) {
            super(message);
        }
    }

    /** The published version is not the one that was built on: reload and build again. */
    final class StaleBaseException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public StaleBaseException(String message) {
            super(message);
        }
    }

    /**
     * Blobs that were staged are gone from the staging list (Redis was emptied, or the grace ran out): stage them
     * again.
     */
    final class StagingLostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public StagingLostException(String message) {
            super(message);
        }
    }
}

package io.ghala.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.model.TableName;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.MissingBlobException;
import io.ghala.snapshot.SnapshotReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link SnapshotReader} does. */
public interface SnapshotReaderContract {
    TableName TABLE = new TableName("orders");

    /** With {@link #TABLE} published, of two blobs at least, and no other table. */
    SnapshotReader published() throws Exception;

    @Test
    default void whatIsPublishedIsReadBlobByBlob() throws Exception {
        SnapshotReader reader = published();
        Manifest manifest = reader.manifest(TABLE).orElseThrow();
        List<BlobRef> blobs = manifest.allBlobs();
        assertThat(reader.tables()).containsExactly(TABLE);
        assertThat(reader.version(TABLE)).contains(manifest.version());
        assertThat(blobs).hasSizeGreaterThan(1);
        assertThat(reader.blobs(blobs))
                .zipSatisfy(blobs, (bytes, blob) -> assertThat(bytes).hasSize((int) blob.bytes()));
    }

    @Test
    default void ofOtherTablesNothingIsKnown() throws Exception {
        SnapshotReader reader = published();
        TableName other = new TableName("people");
        assertThat(reader.manifest(other)).isEmpty();
        assertThat(reader.version(other)).isEmpty();
        assertThat(reader.watermark(other)).isEmpty();
    }

    @Test
    default void oneBlobThatIsGoneFailsThemAll() throws Exception {
        SnapshotReader reader = published();
        List<BlobRef> blobs =
                new ArrayList<>(reader.manifest(TABLE).orElseThrow().allBlobs());
        blobs.add(new BlobRef("ghala:b:orders:none:0", 1, 1, 0));
        assertThatThrownBy(() -> reader.blobs(blobs)).isInstanceOf(MissingBlobException.class);
    }
}

package io.ghala.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.snapshot.ParquetFiles;
import io.ghala.snapshot.ParquetFiles.State;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link ParquetFiles} does. */
public interface ParquetFilesContract {
    /** With nothing said yet. */
    ParquetFiles files();

    @Test
    default void theLastWordOnAFileCounts() {
        ParquetFiles files = files();
        TableName table = new TableName("orders");
        assertThat(files.state(table)).isEmpty();
        files.holds(table, new SnapshotVersion(7));
        assertThat(files.state(table)).contains(new State(Optional.of(new SnapshotVersion(7)), Optional.empty()));
        files.leaves(table, "it is - somebody's");
        assertThat(files.state(table)).contains(new State(Optional.empty(), Optional.of("it is - somebody's")));
        assertThat(files.state(new TableName("people"))).isEmpty();
    }
}

package io.ghala.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.snapshot.UnloadableVersions;
import io.ghala.snapshot.UnloadableVersions.Unloadable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link UnloadableVersions} does. */
public interface UnloadableVersionsContract {
    /** With nothing reported yet. */
    UnloadableVersions versions();

    @Test
    default void theLastReportOfATableIsTakenOnce() {
        UnloadableVersions versions = versions();
        TableName table = new TableName("orders");
        Unloadable last = new Unloadable(new SnapshotVersion(8), "it says \"no\"", List.of("eu/a b.csv", "c.json"));
        assertThat(versions.take(table)).isEmpty();
        versions.report(table, new Unloadable(new SnapshotVersion(7), "no", List.of()));
        versions.report(table, last);
        assertThat(versions.take(new TableName("people"))).isEmpty();
        assertThat(versions.take(table)).contains(last);
        assertThat(versions.take(table)).isEmpty();
    }
}

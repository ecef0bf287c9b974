package io.ghala.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.folder.FileNotice;
import io.ghala.folder.FileNotices;
import io.ghala.model.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link FileNotices} does. */
public interface FileNoticesContract {
    /** With nothing noted yet. */
    FileNotices notices();

    @Test
    default void whatIsSaidReplacesWhatWasSaid() {
        FileNotices notices = notices();
        TableName table = new TableName("orders");
        FileNotice first = new FileNotice(FileNotice.Kind.EDITED, "a \"b\".csv", "it has moved");
        FileNotice second = new FileNotice(FileNotice.Kind.EDITED, "c.csv", "so has \u00fc");
        assertThat(notices.list(table)).isEmpty();
        notices.note(table, List.of(first, second));
        assertThat(notices.list(table)).containsExactly(first, second);
        assertThat(notices.list(new TableName("people"))).isEmpty();
        notices.note(table, List.of(second));
        assertThat(notices.list(table)).containsExactly(second);
        notices.note(table, List.of());
        assertThat(notices.list(table)).isEmpty();
    }
}

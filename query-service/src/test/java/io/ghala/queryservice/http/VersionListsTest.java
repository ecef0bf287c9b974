package io.ghala.queryservice.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.query.SqlHeader;
import io.ghala.query.SqlHeader.TableState;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;

class VersionListsTest {
    private static final Instant CONFIRMED = Instant.ofEpochMilli(1000);

    private static HttpFields headers(int tables) {
        Map<TableName, TableState> states = new HashMap<>();
        for (int i = 0; i < tables; i++) {
            states.put(
                    new TableName("table_with_a_name_%05d".formatted(i)),
                    new TableState(new SnapshotVersion(7), CONFIRMED, CONFIRMED));
        }
        HttpFields.Mutable headers = HttpFields.build();
        VersionLists.put(new SqlHeader(states), 1500, headers);
        return headers;
    }

    @Test
    void areOneHeaderEachInTheOrderOfNames() {
        assertThat(headers(0).size()).isZero();
        assertThat(headers(1).get("Ghala-Version")).isEqualTo("table_with_a_name_00000=7");
        assertThat(headers(2).get("Ghala-Version")).isEqualTo("table_with_a_name_00000=7, table_with_a_name_00001=7");
        assertThat(headers(2).get("Ghala-Age-Ms"))
                .isEqualTo("table_with_a_name_00000=500, table_with_a_name_00001=500");
    }

    @Test
    void staySoShortThatClientsTakeThemAndCountWhatIsLeftOut() {
        HttpFields headers = headers(20_000);
        String versions = String.valueOf(headers.get("Ghala-Version"));
        assertThat(versions).hasSizeLessThan(33_000);
        assertThat(headers.get("Ghala-Age-Ms")).hasSizeLessThan(33_000);
        assertThat(Integer.parseInt(headers.get("Ghala-Tables-Omitted")))
                .isEqualTo(20_000 - versions.split(", ").length);
    }
}

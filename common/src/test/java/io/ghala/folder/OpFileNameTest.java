package io.ghala.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.model.RowId;
import io.ghala.model.StreamId;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class OpFileNameTest {
    private static final StreamId AT = new StreamId(1763812345678L, 3);

    @Test
    void readsBackEveryNameThatItGives() {
        for (String id : List.of("o-18", "A", "a b/c", "..", "_x", "\u00e9\ud83d\ude00", "100%", "x@y", "CON", "'\"")) {
            OpFileName upsert = new OpFileName.Upsert(new RowId(id), AT);
            OpFileName delete = new OpFileName.Delete(new RowId(id), AT);
            assertThat(OpFileName.parse(upsert.fileName())).contains(upsert);
            assertThat(OpFileName.parse(delete.fileName())).contains(delete);
            assertThat(DataName.ignored(upsert.fileName())).isFalse();
        }
        OpFileName batch = new OpFileName.Batch(AT, "0123456789abcdef");
        assertThat(OpFileName.parse(batch.fileName())).contains(batch);
    }

    @Test
    void keepsIdsApartOnDisksThatIgnoreCase() {
        String lower = new OpFileName.Upsert(new RowId("ab"), AT).fileName();
        String upper = new OpFileName.Upsert(new RowId("AB"), AT).fileName();
        assertThat(lower.toLowerCase(Locale.ROOT)).isNotEqualTo(upper.toLowerCase(Locale.ROOT));
    }

    @Test
    void takesOtherNamesWithAnAtSignAsPlainFiles() {
        assertThat(List.of(
                        "mail@2024-01.json",
                        "o-1@9999999999999999-0.json",
                        "o-1@0763812345678-0.json",
                        "o-1@1763812345678-00.json",
                        "O-1@1763812345678-0.json",
                        "ops@1763812345678-0.XYZ.ndjson",
                        "@1763812345678-0.json"))
                .allSatisfy(name -> assertThat(OpFileName.parse(name)).isEmpty());
    }
}

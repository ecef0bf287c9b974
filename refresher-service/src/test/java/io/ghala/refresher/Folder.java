package io.ghala.refresher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files that arrive in a folder of their own in every order and grouping. */
final class Folder {
    private static int folders;

    private final Path temp;
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    Folder(Path temp) {
        this.temp = temp;
    }

    Folder with(String name, String text) {
        return with(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Folder with(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    /** Puts a Parquet file that DuckDB makes of {@code select}. */
    Folder parquet(String name, String select) throws IOException {
        return with(name, TypedFileSamples.parquet(temp, select));
    }

    /**
     * The table: the same when the files arrive at once, one by one in any order (of up to four files), or in two
     * groups.
     */
    Table table() throws IOException {
        List<String> names = new ArrayList<>(files.keySet());
        Table cold = arrive(List.of(names));
        for (List<String> order : orders(names)) {
            List<List<String>> alone = order.stream().map(List::of).toList();
            assertThat(arrive(alone)).as("one by one: %s", order).isEqualTo(cold);
            if (order.size() > 2) {
                assertThat(arrive(List.of(order.subList(0, 2), order.subList(2, order.size()))))
                        .as("two, then the rest: %s", order)
                        .isEqualTo(cold);
            }
        }
        return cold;
    }

    private static List<List<String>> orders(List<String> names) {
        if (names.size() > 4) {
            List<String> reversed = new ArrayList<>(names);
            Collections.reverse(reversed);
            return List.of(names, reversed);
        }
        List<List<String>> orders = new ArrayList<>(List.of(List.of()));
        for (String name : names) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> order : orders) {
                for (int i = 0; i <= order.size(); i++) {
                    List<String> with = new ArrayList<>(order);
                    with.add(i, name);
                    longer.add(with);
                }
            }
            orders = longer;
        }
        return orders;
    }

    private Table arrive(List<List<String>> groups) throws IOException {
        Path folder = Files.createDirectory(temp.resolve("arriving" + folders++));
        try (Refresher read = Table.files(folder)) {
            for (List<String> group : groups) {
                for (String name : group) {
                    Path path = folder.resolve(name);
                    Files.createDirectories(path.getParent());
                    Files.write(path, files.getOrDefault(name, new byte[0]));
                }
                read.update();
            }
            return Table.of(read);
        }
    }
}

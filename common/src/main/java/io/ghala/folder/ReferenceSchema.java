package io.ghala.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghala.model.TableSchema;
import io.ghala.snapshot.SchemaCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The schema that every file and write of a table must fit under the policy {@code fail}: {@code _schema.json} in the
 * table's folder, columns in the form of {@link SchemaCodec}. It is written once; people may edit or remove it.
 */
public final class ReferenceSchema {
    public static final String FILE = "_schema.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReferenceSchema() {}

    /**
     * The schema, empty where the folder has none yet.
     *
     * @throws IOException naming the file when it is no schema
     */
    public static Optional<TableSchema> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        try {
            return Optional.of(SchemaCodec.decode(JSON.readTree(Files.readString(file))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IOException(
                    file + " is not a schema: mend it, or remove it to have it made anew (" + e.getMessage() + ")", e);
        }
    }

    /** Writes the schema durably, all of it or nothing. */
    public static void write(Path folder, TableSchema schema) throws IOException {
        byte[] json = SchemaCodec.encode(schema).toPrettyString().getBytes(StandardCharsets.UTF_8);
        DurableFile.replace(folder.resolve(FILE), out -> out.write(json));
    }
}

package io.ghala.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Length and CRC-32C of a whole file; as text {@code length crc}, the latter in hexadecimal. */
public record FileChecksum(long bytes, long crc32c) {
    private static final int BUFFER_BYTES = 1 << 20;

    /** Reads all of {@code file}. */
    public static FileChecksum of(Path file) throws IOException {
        CRC32C crc = new CRC32C();
        long bytes = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                crc.update(buffer, 0, read);
                bytes += read;
            }
        }
        return new FileChecksum(bytes, crc.getValue());
    }

    /** What {@link #write} noted; empty where nothing readable is. */
    public static Optional<FileChecksum> read(Path note) throws IOException {
        String text;
        try {
            text = new String(Files.readAllBytes(note), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        return text.matches("[0-9]{1,18} [0-9a-f]{8}\\n")
                ? Optional.of(new FileChecksum(
                        Long.parseLong(text.substring(0, text.indexOf(' '))),
                        Long.parseLong(text.substring(text.indexOf(' ') + 1).strip(), 16)))
                : Optional.empty();
    }

    /** Notes the checksum in the file {@code note}. */
    public void write(Path note) throws IOException {
        Files.writeString(note, bytes + " " + "%08x".formatted(crc32c) + "\n");
    }

    /** For messages. */
    public String shown() {
        return bytes + " bytes of checksum %08x".formatted(crc32c);
    }
}

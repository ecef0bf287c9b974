package io.ghala.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Length and CRC-32C of a whole file, and what its beginning looks like; as text {@code length crc beginning}, the CRC
 * in eight hexadecimal digits, the beginning as {@link FileBeginning} writes it.
 */
public record FileChecksum(long bytes, long crc32c, FileBeginning beginning) {
    private static final int BUFFER_BYTES = 1 << 20;

    /** Reads all of {@code file}. */
    public static FileChecksum of(Path file) throws IOException {
        Summing sum = new Summing();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sum.add(buffer, 0, read);
            }
        }
        return sum.checksum();
    }

    /** What {@link #write} noted; empty where nothing readable is. */
    public static Optional<FileChecksum> read(Path note) throws IOException {
        String text;
        try {
            text = new String(Files.readAllBytes(note), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (!text.matches("[0-9]{1,18} [0-9a-f]{8} ([0-9a-f]{8})*\\n")) {
            return Optional.empty();
        }
        String[] words = text.strip().split(" ", -1);
        return Optional.of(new FileChecksum(
                Long.parseLong(words[0]),
                Long.parseLong(words[1], 16),
                FileBeginning.parse(words.length == 3 ? words[2] : "")));
    }

    /** Notes the checksum in the file {@code note}. */
    public void write(Path note) throws IOException {
        Files.writeString(note, bytes + " " + "%08x".formatted(crc32c) + " " + beginning + "\n");
    }

    /** For messages. */
    public String shown() {
        return bytes + " bytes of checksum %08x".formatted(crc32c);
    }

    /** The checksum of bytes that come one after the other. Not for several threads. */
    public static final class Summing {
        private final CRC32C crc = new CRC32C();
        private final byte[] first = new byte[FileBeginning.BYTES];
        private long bytes;

        public void add(byte[] from, int offset, int length) {
            if (bytes < first.length) {
                System.arraycopy(from, offset, first, (int) bytes, (int) Math.min(length, first.length - bytes));
            }
            crc.update(from, offset, length);
            bytes += length;
        }

        public long bytes() {
            return bytes;
        }

        public FileChecksum checksum() {
            return new FileChecksum(
                    bytes, crc.getValue(), FileBeginning.of(first, (int) Math.min(bytes, first.length)));
        }
    }
}

package io.ghala.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * What the first {@value #BYTES} bytes of a file look like: the CRC-32C of each {@value #CHUNK_BYTES} of them. It tells
 * a file that was damaged or cut short from one that somebody else wrote in its place. As text eight hexadecimal digits
 * a chunk, one after the other.
 */
public record FileBeginning(List<Integer> chunks) {
    /** How far it looks. */
    public static final int BYTES = 4096;

    private static final int CHUNK_BYTES = 64;
    private static final int CHUNK_DIGITS = 8;

    public FileBeginning {
        chunks = List.copyOf(chunks);
    }

    static FileBeginning of(byte[] first, int length) {
        List<Integer> chunks = new ArrayList<>();
        for (int from = 0; from < length; from += CHUNK_BYTES) {
            CRC32C crc = new CRC32C();
            crc.update(first, from, Math.min(CHUNK_BYTES, length - from));
            chunks.add((int) crc.getValue());
        }
        return new FileBeginning(chunks);
    }

    /** Reads the beginning of {@code file}. */
    public static FileBeginning of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] first = in.readNBytes(BYTES);
            return of(first, first.length);
        }
    }

    static FileBeginning parse(String text) {
        List<Integer> chunks = new ArrayList<>();
        for (int from = 0; from < text.length(); from += CHUNK_DIGITS) {
            chunks.add(Integer.parseUnsignedInt(text.substring(from, from + CHUNK_DIGITS), 16));
        }
        return new FileBeginning(chunks);
    }

    /**
     * Whether {@code now} is what became of this file: at least half of what it holds is as it was. Nothing at all is
     * what becomes of any file.
     */
    public boolean became(FileBeginning now) {
        int same = 0;
        for (int i = 0; i < Math.min(chunks.size(), now.chunks.size()); i++) {
            if (chunks.get(i).equals(now.chunks.get(i))) {
                same++;
            }
        }
        return same * 2 >= now.chunks.size();
    }

    @Override
    public String toString() {
        return chunks.stream().map("%08x"::formatted).collect(Collectors.joining());
    }
}

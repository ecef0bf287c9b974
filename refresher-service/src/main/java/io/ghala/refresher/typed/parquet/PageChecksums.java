package io.ghala.refresher.typed.parquet;

import static java.util.Objects.requireNonNull;

import io.ghala.refresher.typed.RefusedFileException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * Compares the pages of a Parquet file with the checksums in their headers, as far as they have any: DuckDB does not.
 * What is wrong with a file's structure is left to DuckDB to say.
 */
final class PageChecksums {
    private static final Set<OpenOption> OPTIONS = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL = Integer.BYTES + MAGIC.length;
    private static final int MOST_FOOTER = 256 * 1024 * 1024;
    private static final int BUFFER = 64 * 1024;

    private final SeekableByteChannel file;
    private final byte[] buffer = new byte[BUFFER];

    private PageChecksums(SeekableByteChannel file) {
        this.file = file;
    }

    /**
     * Reads all pages that have a checksum.
     *
     * @throws RefusedFileException when one does not fit
     */
    static void check(Path path) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(path, OPTIONS)) {
            PageChecksums pages = new PageChecksums(file);
            byte[] footer = pages.footer();
            if (footer.length > 0) {
                FileMetaData metadata = metadata(footer);
                for (RowGroup group : requireNonNull(metadata.getRow_groups())) {
                    for (ColumnChunk chunk : requireNonNull(group.getColumns())) {
                        if (chunk.isSetMeta_data() && !chunk.isSetCrypto_metadata()) {
                            pages.check(requireNonNull(chunk.getMeta_data()));
                        }
                    }
                }
            }
        }
    }

    private static FileMetaData metadata(byte[] footer) throws RefusedFileException {
        try {
            return Util.readFileMetaData(new ByteArrayInputStream(footer));
        } catch (IOException | RuntimeException e) {
            throw new RefusedFileException("it is not a readable Parquet file: its footer is damaged", e);
        }
    }

    /** The footer's bytes; none where the file has no such thing. */
    private byte[] footer() throws IOException {
        long size = file.size();
        if (size < TAIL + MAGIC.length) {
            return new byte[0];
        }
        ByteBuffer tail = ByteBuffer.wrap(read(size - TAIL, TAIL)).order(ByteOrder.LITTLE_ENDIAN);
        int length = tail.getInt();
        boolean there = Arrays.equals(tail.array(), Integer.BYTES, TAIL, MAGIC, 0, MAGIC.length)
                && length > 0
                && length <= Math.min(MOST_FOOTER, size - TAIL - MAGIC.length);
        return there ? read(size - TAIL - length, length) : new byte[0];
    }

    private byte[] read(long at, int length) throws IOException {
        file.position(at);
        return Channels.newInputStream(file).readNBytes(length);
    }

    private void check(ColumnMetaData column) throws IOException {
        long at = column.getData_page_offset();
        if (column.isSetDictionary_page_offset() && column.getDictionary_page_offset() > 0) {
            at = Math.min(at, column.getDictionary_page_offset());
        }
        long values = 0;
        while (values < column.getNum_values() && at > 0 && at < file.size()) {
            file.position(at);
            CountedBytes in = new CountedBytes(new BufferedInputStream(Channels.newInputStream(file), 512));
            PageHeader header = header(in, at, column);
            int size = header.getCompressed_page_size();
            long body = at + in.count();
            if (size < 0 || body + size > file.size()) {
                throw new RefusedFileException("its page at byte " + at + ", of column '"
                        + String.join(".", column.getPath_in_schema()) + "', goes beyond the end of the file");
            }
            if (header.isSetCrc() && crc(body, size) != header.getCrc()) {
                throw new RefusedFileException(
                        "its page at byte " + at + ", of column '"
                                + String.join(".", column.getPath_in_schema())
                                + "', does not fit the checksum that it was written with: its content is damaged, copy it anew");
            }
            if (header.isSetData_page_header()) {
                values += requireNonNull(header.getData_page_header()).getNum_values();
            } else if (header.isSetData_page_header_v2()) {
                values += requireNonNull(header.getData_page_header_v2()).getNum_values();
            }
            at = body + size;
        }
        if (values != column.getNum_values()) {
            throw new RefusedFileException("its pages of column '" + String.join(".", column.getPath_in_schema())
                    + "' hold " + values + " values where its footer says " + column.getNum_values()
                    + ": its content is damaged");
        }
    }

    private static PageHeader header(InputStream in, long at, ColumnMetaData column) throws RefusedFileException {
        try {
            return Util.readPageHeader(in);
        } catch (IOException | RuntimeException e) {
            throw new RefusedFileException(
                    "its page at byte " + at + ", of column '" + String.join(".", column.getPath_in_schema())
                            + "', has no readable header: its content is damaged",
                    e);
        }
    }

    private int crc(long at, int size) throws IOException {
        CRC32 crc = new CRC32();
        file.position(at);
        InputStream in = Channels.newInputStream(file);
        for (int left = size; left > 0; ) {
            int got = in.read(buffer, 0, Math.min(left, buffer.length));
            if (got < 0) {
                return 0;
            }
            crc.update(buffer, 0, got);
            left -= got;
        }
        return (int) crc.getValue();
    }
}

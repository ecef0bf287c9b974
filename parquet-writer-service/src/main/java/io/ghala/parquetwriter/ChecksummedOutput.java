package io.ghala.parquetwriter;

import io.ghala.folder.FileChecksum;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.apache.parquet.io.DelegatingPositionOutputStream;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A new local file that knows its checksum when it has been written. */
final class ChecksummedOutput implements OutputFile {
    private final OutputFile file;
    private final CRC32C crc = new CRC32C();
    private long bytes;

    ChecksummedOutput(Path file) {
        this.file = new LocalOutputFile(file);
    }

    FileChecksum checksum() {
        return new FileChecksum(bytes, crc.getValue());
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) throws IOException {
        PositionOutputStream out = file.create(blockSizeHint);
        return new DelegatingPositionOutputStream(out) {
            @Override
            public long getPos() {
                return bytes;
            }

            @Override
            public void write(int b) throws IOException {
                out.write(b);
                crc.update(b);
                bytes++;
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                out.write(from, offset, length);
                crc.update(from, offset, length);
                bytes += length;
            }

            @Override
            public void write(byte[] from) throws IOException {
                write(from, 0, from.length);
            }
        };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
        throw new UnsupportedOperationException("a temporary file is never written twice");
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }
}

package io.ghala.parquetwriter;

import io.ghala.folder.FileChecksum;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.io.DelegatingPositionOutputStream;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A new local file that knows its checksum when it has been written. */
final class ChecksummedOutput implements OutputFile {
    private final OutputFile file;
    private final FileChecksum.Summing sum = new FileChecksum.Summing();

    ChecksummedOutput(Path file) {
        this.file = new LocalOutputFile(file);
    }

    FileChecksum checksum() {
        return sum.checksum();
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) throws IOException {
        PositionOutputStream out = file.create(blockSizeHint);
        return new DelegatingPositionOutputStream(out) {
            @Override
            public long getPos() {
                return sum.bytes();
            }

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                out.write(from, offset, length);
                sum.add(from, offset, length);
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

package io.ghala.snapshot.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.SeekableInputStream;

/** A Parquet file in memory. */
public final class MemoryFile implements OutputFile {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** What was written. */
    public byte[] toByteArray() {
        return bytes.toByteArray();
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) {
        return new PositionOutputStream() {
            @Override
            public long getPos() {
                return bytes.size();
            }

            @Override
            public void write(int b) {
                bytes.write(b);
            }

            @Override
            public void write(byte[] from, int offset, int length) {
                bytes.write(from, offset, length);
            }
        };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
        bytes.reset();
        return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }

    /** {@code content} as a file to read. */
    public static InputFile input(byte[] content) {
        return new InputFile() {
            @Override
            public long getLength() {
                return content.length;
            }

            @Override
            public SeekableInputStream newStream() {
                return new MemoryStream(content);
            }
        };
    }

    private static final class MemoryStream extends DelegatingSeekableInputStream {
        private final ByteBufferInputStream in;
        private final int length;

        MemoryStream(byte[] content) {
            this(ByteBufferInputStream.wrap(ByteBuffer.wrap(content)), content.length);
        }

        private MemoryStream(ByteBufferInputStream in, int length) {
            super(in);
            this.in = in;
            this.length = length;
            in.mark(length);
        }

        @Override
        public long getPos() {
            return in.position();
        }

        @Override
        public void seek(long position) throws IOException {
            if (position < 0 || position > length) {
                throw new IOException("position " + position + " is outside of " + length + " bytes");
            }
            in.reset();
            in.mark(length);
            in.skipFully(position);
        }
    }
}

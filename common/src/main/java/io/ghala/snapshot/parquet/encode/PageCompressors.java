package io.ghala.snapshot.parquet.encode;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.ghala.config.GhalaConfig.ParquetCompression;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.parquet.bytes.ByteBufferReleaser;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/**
 * Gives out compressors of pages and takes them back, so that a file needs as many as it has threads. zstd's level is
 * the most that is done for a chunk: where a sample of it gets no smaller by that than at level 1, as random text does,
 * it is compressed at level 1.
 */
public final class PageCompressors implements AutoCloseable {
    private static final int FAST_LEVEL = 1;
    private static final int SAMPLE_BYTES = 1 << 18;
    /** A smaller page takes no time worth the sample. */
    private static final int SAMPLED_FROM = 1 << 15;
    /** The first page of a chunk may be a dictionary, unlike all others. */
    private static final int SAMPLED_PAGES = 2;

    private final ParquetCompression codec;
    private final int level;
    private final ConcurrentLinkedQueue<Workspace> idle = new ConcurrentLinkedQueue<>();

    /** {@code level} is zstd's and means nothing to the other codecs. */
    public PageCompressors(ParquetCompression codec, int level) {
        this.codec = codec;
        this.level = level;
    }

    /**
     * A compressor for the pages of one column chunk; what it gives is good until its next page, and it is to be
     * released after the last.
     */
    public BytesInputCompressor compressor() {
        return switch (codec) {
            case ZSTD -> new PageCompressor(CompressionCodecName.ZSTD, this);
            case SNAPPY -> new PageCompressor(CompressionCodecName.SNAPPY, this);
            case NONE -> new Uncompressed();
        };
    }

    private Workspace take() {
        Workspace workspace = idle.poll();
        return workspace == null ? new Workspace(codec, level) : workspace;
    }

    /** Frees the idle ones; all must have been released. */
    @Override
    public void close() {
        for (Workspace workspace = idle.poll(); workspace != null; workspace = idle.poll()) {
            workspace.close();
        }
    }

    private static final class Workspace {
        private final @Nullable ZstdCompressCtx zstd;
        private final int level;
        private byte[] compressed = new byte[0];

        Workspace(ParquetCompression codec, int level) {
            this.zstd = codec == ParquetCompression.ZSTD ? new ZstdCompressCtx() : null;
            this.level = level;
        }

        /** The level for pages like this one. */
        int level(byte[] page, int offset, int length) throws IOException {
            if (zstd == null || level <= FAST_LEVEL || length < SAMPLED_FROM) {
                return level;
            }
            int sample = Math.min(length, SAMPLE_BYTES);
            int from = offset + (length - sample) / 2;
            long fast = compress(page, from, sample, FAST_LEVEL).size();
            return compress(page, from, sample, level).size() < fast ? level : FAST_LEVEL;
        }

        BytesInput compress(byte[] page, int offset, int length, int pageLevel) throws IOException {
            int most = zstd == null ? Snappy.maxCompressedLength(length) : Math.toIntExact(Zstd.compressBound(length));
            if (compressed.length < most) {
                compressed = new byte[most];
            }
            int size = zstd == null
                    ? Snappy.compress(page, offset, length, compressed, 0)
                    : zstd.setLevel(pageLevel)
                            .compressByteArray(compressed, 0, compressed.length, page, offset, length);
            return BytesInput.from(compressed, 0, size);
        }

        void close() {
            if (zstd != null) {
                zstd.close();
            }
        }
    }

    private static final class PageCompressor implements BytesInputCompressor {
        private final CompressionCodecName name;
        private final PageCompressors from;
        private @Nullable Workspace workspace;
        private int pages;
        private int level;

        PageCompressor(CompressionCodecName name, PageCompressors from) {
            this.name = name;
            this.from = from;
        }

        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            if (workspace == null) {
                workspace = from.take();
            }
            try (ByteBufferReleaser releaser = new ByteBufferReleaser(HeapByteBufferAllocator.getInstance())) {
                ByteBuffer bytes = page.toByteBuffer(releaser);
                int offset = bytes.arrayOffset() + bytes.position();
                if (pages++ < SAMPLED_PAGES) {
                    level = workspace.level(bytes.array(), offset, bytes.remaining());
                }
                return workspace.compress(bytes.array(), offset, bytes.remaining(), level);
            }
        }

        @Override
        public CompressionCodecName getCodecName() {
            return name;
        }

        @Override
        public void release() {
            if (workspace != null) {
                from.idle.add(workspace);
                workspace = null;
            }
        }
    }

    private static final class Uncompressed implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput page) {
            return page;
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.UNCOMPRESSED;
        }

        @Override
        public void release() {
            // It holds nothing.
        }
    }
}

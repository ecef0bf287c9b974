package io.ghala.snapshot.parquet.encode;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.ghala.config.GhalaConfig.ParquetCompression;
import java.io.IOException;
import java.util.Random;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.junit.jupiter.api.Test;

class PageCompressorsTest {
    private static final int LEVEL = 12;

    /** Random words of few letters at equal distances: level 1 finds most of what there is, a higher one more. */
    private static byte[] words() {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        while (text.length() < 1 << 20) {
            text.append("word-").append(random.nextInt(5000)).append(random.nextInt(3) == 0 ? ", " : " and ");
        }
        return text.toString().getBytes(US_ASCII);
    }

    /** Random hexadecimal digits, which only an entropy coder makes smaller. */
    private static byte[] digits() {
        byte[] digits = new byte[1 << 20];
        Random random = new Random(2);
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (byte) Character.forDigit(random.nextInt(16), 16);
        }
        return digits;
    }

    private static byte[] compressed(BytesInputCompressor compressor, byte[] page) throws IOException {
        return compressor.compress(BytesInput.from(page)).toInputStream().readAllBytes();
    }

    @Test
    void pagesGetTheLevelAskedForWhereItMakesThemSmaller() throws IOException {
        try (PageCompressors compressors = new PageCompressors(ParquetCompression.ZSTD, LEVEL)) {
            BytesInputCompressor compressor = compressors.compressor();
            for (int page = 0; page < 4; page++) {
                assertThat(compressed(compressor, words())).isEqualTo(Zstd.compress(words(), LEVEL));
            }
            compressor.release();
        }
    }

    @Test
    void pagesThatNoLevelMakesSmallerGetTheFastestOne() throws IOException {
        try (PageCompressors compressors = new PageCompressors(ParquetCompression.ZSTD, LEVEL)) {
            BytesInputCompressor compressor = compressors.compressor();
            assertThat(compressed(compressor, words())).isEqualTo(Zstd.compress(words(), LEVEL));
            for (int page = 0; page < 3; page++) {
                assertThat(compressed(compressor, digits())).isEqualTo(Zstd.compress(digits(), 1));
            }
            compressor.release();
        }
    }
}

package io.ghala.refresher.read.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ZstdFramesTest {
    private static byte[] frame(byte[] content, boolean checksum) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZstdOutputStream zstd = new ZstdOutputStream(out)) {
            zstd.setChecksum(checksum);
            zstd.write(content);
        }
        return out.toByteArray();
    }

    private static byte[] twoFramesAndOneThatIsSkipped() throws IOException {
        byte[] noise = new byte[200_000];
        new Random(7).nextBytes(noise);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(frame(noise, true));
        out.writeBytes(new byte[] {0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 'a', 'b', 'c'});
        out.writeBytes(frame("x".repeat(100_000).getBytes(StandardCharsets.UTF_8), false));
        return out.toByteArray();
    }

    private static byte[] through(byte[] bytes) throws IOException {
        try (InputStream in = new ZstdFrames(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }

    @Test
    void wholeFramesComeThroughUnchanged() throws IOException {
        byte[] frames = twoFramesAndOneThatIsSkipped();
        assertThat(through(frames)).isEqualTo(frames);
        assertThat(through(new byte[0])).isEmpty();
    }

    @Test
    void anEndInsideOfAFrameIsNoticedWhereverItIs() throws IOException {
        byte[] frames = twoFramesAndOneThatIsSkipped();
        byte[] last = frame("x".repeat(100_000).getBytes(StandardCharsets.UTF_8), false);
        int begin = frames.length - last.length;
        for (int end = begin - 10; end < frames.length; end++) {
            byte[] cut = Arrays.copyOf(frames, end);
            if (end == begin) {
                assertThat(through(cut)).hasSize(end);
            } else {
                assertThatThrownBy(() -> through(cut)).isInstanceOf(EOFException.class);
            }
        }
    }
}

package io.ghala.snapshot.parquet.encode;

import java.util.concurrent.ConcurrentLinkedQueue;

/** Gives out buffers and takes them back, so that a file needs as many as it has threads. */
public final class BufferPool {
    private final ConcurrentLinkedQueue<EncodingBuffers> idle = new ConcurrentLinkedQueue<>();

    /** Buffers that are the caller's until it gives them back. */
    public EncodingBuffers take() {
        EncodingBuffers buffers = idle.poll();
        return buffers == null ? new EncodingBuffers() : buffers;
    }

    /** Takes {@code buffers} back for the next chunk. */
    public void giveBack(EncodingBuffers buffers) {
        idle.add(buffers);
    }
}

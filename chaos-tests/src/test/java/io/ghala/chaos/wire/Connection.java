package io.ghala.chaos.wire;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of a client through the proxy: a thread for commands and one for answers. */
final class Connection {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    /** Commands after which a lost answer leaves the client in doubt. */
    private static final Set<String> CHANGING =
            Set.of("EVAL", "EVALSHA", "XREADGROUP", "XAUTOCLAIM", "SET", "DEL", "HSET");

    private static final char PUSHED = '>';

    private final RedisProxy proxy;
    private final Socket client;
    private final Socket redis;
    /** Commands whose answers are still to come; pushed messages answer none. */
    private final Queue<List<String>> asked = new ConcurrentLinkedQueue<>();

    Connection(RedisProxy proxy, Socket client, Socket redis) {
        this.proxy = proxy;
        this.client = client;
        this.redis = redis;
    }

    void start() throws IOException {
        client.setTcpNoDelay(true);
        start("commands", this::passCommands);
        start("answers", this::passAnswers);
    }

    private interface Pump {
        void run() throws IOException, InterruptedException;
    }

    private void start(String name, Pump pump) {
        Thread thread = new Thread(
                () -> {
                    try {
                        pump.run();
                    } catch (IOException e) {
                        log.debug("connection ended pump={}", name, e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        close();
                    }
                },
                "proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void passCommands() throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
        while (true) {
            Resp command = Resp.read(in);
            proxy.count();
            List<String> words = proxy.tamper().command(command.words(), this::call);
            asked.add(words);
            Resp.array(words.stream().map(Resp::bulk).toList()).write(redis.getOutputStream());
        }
    }

    private void passAnswers() throws IOException, InterruptedException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(redis.getInputStream()));
        while (true) {
            Resp answer = Resp.read(in);
            List<String> command = answer.type() == PUSHED ? null : asked.poll();
            if (command != null) {
                answer = proxy.tamper().answer(command, answer, this::call);
            }
            if (proxy.losingAnswers()
                    && command != null
                    && CHANGING.contains(command.get(0).toUpperCase(Locale.ROOT))) {
                return;
            }
            long delayMs = proxy.delay().toMillis();
            if (delayMs > 0) {
                TimeUnit.MILLISECONDS.sleep(delayMs);
            }
            answer.write(client.getOutputStream());
        }
    }

    private Resp call(List<String> command) throws IOException {
        try (Socket own = proxy.openRedis()) {
            Resp.array(command.stream().map(Resp::bulk).toList()).write(own.getOutputStream());
            return Resp.read(new DataInputStream(own.getInputStream()));
        }
    }

    void close() {
        proxy.ended(this);
        for (Socket socket : List.of(client, redis)) {
            try {
                socket.close();
            } catch (IOException e) {
                log.debug("socket not closed", e);
            }
        }
    }
}

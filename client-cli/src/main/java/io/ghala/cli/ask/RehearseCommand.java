package io.ghala.cli.ask;

import io.ghala.cli.session.OpeningSession;
import io.ghala.cli.session.Session;
import io.ghala.cli.stack.ScratchRedis;
import io.ghala.query.SqlHeader;
import io.ghala.query.SqlInbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Goes through the motions of {@code sql} over a Redis of its own, so that the launcher can archive the classes that it
 * takes.
 */
@Command(name = "rehearse", hidden = true, description = "Load what the other commands load; the launcher uses it.")
public final class RehearseCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(RehearseCommand.class);
    private static final Duration TIME = Duration.ofSeconds(20);

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("ghala-rehearse-");
        try (ScratchRedis redis = ScratchRedis.start(scratch)) {
            Map<String, String> environment = new HashMap<>(Map.of("REDIS_URL", redis.url()));
            try (Session session = Session.open(environment)) {
                awaitRedis(session);
                for (String format : List.of("table", "csv", "json")) {
                    Thread replica = new Thread(() -> answerOne(session.inbox()), "replica");
                    replica.setDaemon(true);
                    replica.start();
                    new CommandLine(new SqlCommand(environment, OpeningSession.begin(environment)))
                            .execute("SELECT 1", "--format", format);
                    replica.join(TIME.toMillis());
                }
            }
            return 0;
        } finally {
            delete(scratch);
        }
    }

    private static void awaitRedis(Session session) throws InterruptedException {
        long deadline = System.nanoTime() + TIME.toNanos();
        while (true) {
            try {
                log.debug("redis answers services={}", session.presence().all().size());
                return;
            } catch (io.ghala.redis.wire.RedisUnavailableException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(20);
            }
        }
    }

    private static void answerOne(SqlInbox inbox) {
        for (SqlInbox.Exchange exchange : inbox.take("rehearsal", 1, TIME)) {
            try (exchange) {
                exchange.header(new SqlHeader(Map.of()));
                exchange.block("n\r\n1\r\n".getBytes(StandardCharsets.UTF_8));
                exchange.end(1);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

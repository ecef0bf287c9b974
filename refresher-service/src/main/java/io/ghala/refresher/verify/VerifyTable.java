package io.ghala.refresher.verify;

import io.ghala.config.GhalaConfig;
import io.ghala.config.GhalaConfig.RefresherSettings;
import io.ghala.model.TableName;
import io.ghala.refresher.verify.TakeLook.Look;
import io.ghala.refresher.verify.findings.Difference;
import io.ghala.refresher.verify.findings.Difference.Cause;
import io.ghala.refresher.verify.findings.Progress;
import io.ghala.refresher.verify.findings.Verdict;
import io.ghala.snapshot.SnapshotReader;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Verifies one table: waits until queued writes are in the folder, looks at all there is of the table, and where
 * something differs looks again once the services had time to follow, since folder and snapshot move while they are
 * read. Only what two looks at the same state find, one after the other, is told. Damage is told to the refresher as
 * well.
 */
public final class VerifyTable {
    private static final int MOST_LOOKS = 6;
    private static final int MOST_WAITS = 60;
    private static final Duration WAIT_FOR_WRITES = Duration.ofMillis(500);
    private static final Duration WAIT_AFTER_DAMAGE = Duration.ofSeconds(1);

    private final SnapshotReader snapshots;
    private final QueuedWrites writes;
    private final TakeLook looks;
    private final Pause pause;
    private final Progress progress;
    private final Duration waitForServices;

    @Inject
    public VerifyTable(
            GhalaConfig config,
            SnapshotReader snapshots,
            QueuedWrites writes,
            TakeLook looks,
            Pause pause,
            Progress progress) {
        RefresherSettings settings = config.refresher();
        this.snapshots = snapshots;
        this.writes = writes;
        this.looks = looks;
        this.pause = pause;
        this.progress = progress;
        this.waitForServices = settings.scanInterval()
                .multipliedBy(2)
                .plus(settings.settleTime().multipliedBy(2));
    }

    /**
     * Verifies {@code table}.
     *
     * @throws IOException when the folder cannot be read
     */
    public Verdict verify(TableName table) throws IOException, InterruptedException {
        awaitWrites(table);
        Look look = looks.take(table);
        List<Difference> remaining = look.differences();
        for (int taken = 1; taken < MOST_LOOKS && !look.differences().isEmpty(); taken++) {
            Duration wait = damageOnly(look.differences()) ? WAIT_AFTER_DAMAGE : waitForServices;
            progress.say(look.differences().size() + " differences, looking again in " + wait.toMillis() + " ms");
            pause.pause(wait);
            Look before = look;
            look = looks.take(table);
            remaining = look.differences().stream()
                    .filter(found -> before.differences().stream().anyMatch(found::isAbout))
                    .toList();
            if (look.state().isPresent() && look.state().equals(before.state()) && !remaining.isEmpty()) {
                break;
            }
        }
        if (remaining.isEmpty() && !look.differences().isEmpty()) {
            progress.say("the table changed during every look: verify again when less is written to it");
        }
        requestRepair(table, remaining);
        return new Verdict(remaining, look.notes(), look.summary());
    }

    private void awaitWrites(TableName table) throws InterruptedException {
        long queued = writes.count(table);
        for (int waits = 0; queued > 0 && waits < MOST_WAITS; waits++) {
            progress.at("waiting for queued writes,", waits, MOST_WAITS);
            pause.pause(WAIT_FOR_WRITES);
            queued = writes.count(table);
        }
        if (queued > 0) {
            progress.say(queued + " writes are queued and not in the folder yet: is a stream-worker-service running?");
        }
    }

    private static boolean damageOnly(List<Difference> differences) {
        return differences.stream().allMatch(difference -> difference.cause() == Cause.DAMAGE);
    }

    /** What every reader does that finds the published version damaged. */
    private void requestRepair(TableName table, List<Difference> differences) {
        Optional<Difference> damage = differences.stream()
                .filter(difference -> difference.cause() == Cause.DAMAGE)
                .findFirst();
        damage.ifPresent(found -> snapshots.requestRepair(table, found.where() + ": " + found.what()));
    }
}

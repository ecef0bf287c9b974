package io.ghala.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.chaos.check.Rule;
import io.ghala.chaos.client.GhalaHttp.ReadResult;
import io.ghala.chaos.client.People;
import io.ghala.chaos.cluster.Cluster;
import io.ghala.chaos.cluster.ServiceKind;
import io.ghala.chaos.cluster.Slot;
import io.ghala.chaos.history.Observation.RowWrite;
import io.ghala.chaos.history.Payload;
import io.ghala.chaos.sabotage.AcknowledgeOnDelivery;
import io.ghala.chaos.sabotage.Agent;
import io.ghala.chaos.sabotage.FixedBlobKeys;
import io.ghala.chaos.sabotage.ForgottenOpIds;
import io.ghala.chaos.sabotage.TrimmedStream;
import io.ghala.chaos.sabotage.UnfencedFlip;
import io.ghala.chaos.sabotage.WatermarkInTwo;
import io.ghala.chaos.wire.Hold;
import io.ghala.chaos.wire.Tamper;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The checker is checked: each schedule is run twice, with the stack as it is, which keeps every promise, and with one
 * thing broken, which the checker has to notice for the right reason.
 */
class BrokenVariantsIT {
    private static final Tamper NONE = new Tamper() {};
    private static final String SETTINGS = """
            refresher.settle-time = 0s
            redis.lease-ttl = 1500ms
            redis.blob-grace = 2s
            worker.claim-idle = 500ms
            worker.clean-up { interval = 500ms, barrier-wait = 1s, spent-after = 1s }
            """;

    private static final Duration REST = Duration.ofSeconds(30);
    /** What is broken need not come to rest. */
    private static final Duration SOON = Duration.ofSeconds(3);

    private static Cluster cluster;
    private static Slot query;
    private static Slot refresher;

    @BeforeAll
    static void start() throws Exception {
        cluster = new Cluster("broken-variants", SETTINGS);
        query = cluster.start(ServiceKind.QUERY);
        refresher = cluster.start(ServiceKind.REFRESHER);
        cluster.awaitWorking();
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @AfterEach
    void heal() throws Exception {
        cluster.slots(ServiceKind.WORKER).forEach(BrokenVariantsIT::kill);
        query.proxy().heal();
        refresher.proxy().heal();
        refresher.resume();
    }

    private static void kill(Slot slot) {
        try {
            slot.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What happens to the table of a scene, in the sound stack or in the broken one. */
    private interface Schedule {
        Set<Rule> play(Scene scene, boolean broken) throws Exception;
    }

    private void prove(String name, Rule reason, Schedule schedule) throws Exception {
        assertThat(schedule.play(new Scene(cluster, name + "_sound", REST), false))
                .as("the stack as it is")
                .isEmpty();
        heal();
        assertThat(schedule.play(new Scene(cluster, name + "_broken", SOON), true))
                .as("the broken stack")
                .contains(reason);
    }

    private static Slot worker(String... jvmOptions) throws Exception {
        return cluster.slot(ServiceKind.WORKER, jvmOptions);
    }

    @Test
    void acknowledgingBeforeTheRenameLosesWrites() throws Exception {
        prove("acknowledged", Rule.STALE, (scene, broken) -> {
            Slot first = worker();
            Hold hold = Hold.answer(
                    scene.commands()::delivers, broken ? new AcknowledgeOnDelivery(scene.commands()) : NONE);
            first.proxy().tamper(hold);
            first.start();
            scene.open().awaitLoaded().awaitOpen();
            RowWrite write = scene.write("r1");
            hold.awaitCaught();
            first.kill();
            hold.release();
            worker().start();
            scene.readAfter(write);
            return scene.brokenRules();
        });
    }

    @Test
    void namesWithoutStreamIdsLetAnOlderWriteWin() throws Exception {
        String plainNames = Agent.option("plain-names", cluster.scratch());
        prove("named", Rule.ORDER, (scene, broken) -> {
            String[] options = broken ? new String[] {plainNames} : new String[0];
            Slot first = worker(options);
            Hold hold = Hold.answer(scene.commands()::delivers, NONE);
            first.proxy().tamper(hold);
            first.start();
            scene.open().awaitLoaded().awaitOpen();
            scene.write("r1");
            hold.awaitCaught();
            // Another takes over what the first has been given, applies a later write too, and only then the first goes
            // on.
            worker(options).start();
            scene.write("r1");
            cluster.await(
                    "both writes are applied",
                    () -> scene.redis().xlen(scene.commands().key("intents")) == 0);
            hold.release();
            cluster.await("the first has applied its write", () -> first.log()
                    .contains("applied table=" + scene.table() + " "));
            return scene.brokenRules();
        });
    }

    @Test
    void aFlipWithoutLeaseCheckBringsBackAnOlderFolder() throws Exception {
        prove("leased", Rule.LOST, (scene, broken) -> {
            worker().start();
            scene.open().awaitLoaded().awaitOpen();
            // The refresher has listed the folder and is about to publish what it found, when it is stopped.
            Hold hold = Hold.command(scene.commands()::flips, broken ? new UnfencedFlip(scene.commands()) : NONE);
            refresher.proxy().tamper(hold);
            People.put(scene.folder(), "more.csv", Payload.csvHeader() + Payload.csv("more", Payload.BASE));
            hold.awaitCaught();
            refresher.pause();
            Slot second = cluster.start(ServiceKind.REFRESHER);
            scene.readAfter(scene.write("r1"));
            second.pause();
            long before = scene.published();
            refresher.resume();
            hold.release();
            if (broken) {
                cluster.await("the older folder is published", () -> scene.published() > before);
                scene.lookAtRedis();
            } else {
                cluster.await(
                        "the lease is found lost", () -> refresher.log().contains("lease lost table=" + scene.table()));
            }
            second.kill();
            return scene.brokenRules();
        });
    }

    @Test
    void blobsUnderFixedKeysTearTheVersionBefore() throws Exception {
        prove("overwritten", Rule.TORN, (scene, broken) -> {
            Tamper keys = broken ? new FixedBlobKeys(scene.table()) : NONE;
            refresher.proxy().tamper(keys);
            scene.open().awaitLoaded();
            Hold hold = Hold.command(scene.commands()::flips, keys);
            refresher.proxy().tamper(hold);
            People.put(scene.folder(), "more.csv", Payload.csvHeader() + Payload.csv("more", Payload.BASE));
            hold.awaitCaught();
            scene.lookAtRedis();
            hold.release();
            return scene.brokenRules();
        });
    }

    @Test
    void aCleanUpWithoutFenceLetsASleeperBringADeletedRowBack() throws Exception {
        String noFence = Agent.option("no-fence", cluster.scratch());
        prove("swept", Rule.ORDER, (scene, broken) -> {
            String[] options = broken ? new String[] {noFence} : new String[0];
            Slot sleeper = worker(options);
            sleeper.start();
            // A folder without plain files, or deletes have to stay.
            scene.openEmpty().awaitOpen();
            scene.readAfter(scene.write("other"));
            Hold hold = Hold.answer(scene.commands()::delivers, NONE);
            sleeper.proxy().tamper(hold);
            scene.write("gone");
            hold.awaitCaught();
            worker(options).start();
            scene.readAfter(scene.delete("gone"));
            cluster.await("the write and its delete are swept", () -> !scene.holdsOp("gone"));
            hold.release();
            if (broken) {
                cluster.await("the sleeper has written", () -> scene.holdsOp("gone"));
            } else {
                cluster.await("the sleeper is fenced", () -> sleeper.log().contains("fenced table=" + scene.table()));
            }
            return scene.brokenRules();
        });
    }

    @Test
    void aTrimmedStreamLosesWrites() throws Exception {
        prove("trimmed", Rule.LOST, (scene, broken) -> {
            Slot opener = worker();
            opener.start();
            scene.open().awaitLoaded().awaitOpen();
            opener.kill();
            if (broken) {
                query.proxy().tamper(new TrimmedStream(scene.commands()));
            }
            scene.write("r1");
            RowWrite last = scene.write("r2");
            worker().start();
            scene.readAfter(last);
            return scene.brokenRules();
        });
    }

    @Test
    void withoutOpIdsAWriteIsAppliedTwice() throws Exception {
        prove("repeated", Rule.TWICE, (scene, broken) -> {
            worker().start();
            scene.open().awaitLoaded().awaitOpen();
            scene.write("r2");
            Tamper tamper = broken ? new ForgottenOpIds(scene.commands(), "op-1") : NONE;
            scene.tryAgain("r1", "op-1", 3, attempt -> {
                // The first attempt is queued, but its answer is lost.
                query.proxy().heal();
                query.proxy().tamper(tamper);
                if (attempt == 0) {
                    query.proxy().loseAnswers();
                }
            });
            scene.lookAtFolder();
            return scene.brokenRules();
        });
    }

    @Test
    void aWatermarkReadInTwoCommandsPassesAWriteThatIsNotApplied() throws Exception {
        prove("marked", Rule.STALE, (scene, broken) -> {
            Slot worker = worker();
            worker.start();
            scene.open().awaitLoaded().awaitOpen();
            Hold delivery = Hold.answer(scene.commands()::delivers, NONE);
            worker.proxy().tamper(delivery);
            Hold settled = Hold.answer((command, answer) -> scene.commands().settles(command), NONE);
            refresher.proxy().tamper(broken ? new WatermarkInTwo(scene.commands(), settled) : settled);
            settled.awaitCaught();
            RowWrite write = scene.write("r1");
            delivery.awaitCaught();
            CompletableFuture<ReadResult> read = CompletableFuture.supplyAsync(() -> readWhileHeld(scene, write));
            settled.release();
            assertThat(read.get() instanceof ReadResult.Seen)
                    .as("answered although the write is not applied")
                    .isEqualTo(broken);
            delivery.release();
            scene.readAfter(write);
            return scene.brokenRules();
        });
    }

    private static ReadResult readWhileHeld(Scene scene, RowWrite write) {
        try {
            return scene.read(Optional.of(write), Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

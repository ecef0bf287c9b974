package io.ghala.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.chaos.history.History;
import io.ghala.chaos.history.History.Damage;
import io.ghala.chaos.history.History.DeadLetter;
import io.ghala.chaos.history.History.Sighting;
import io.ghala.chaos.history.History.TokenRefusal;
import io.ghala.chaos.history.History.Wipe;
import io.ghala.chaos.history.Observation.RowWrite;
import io.ghala.chaos.history.Payload;
import io.ghala.chaos.history.SeenRow;
import io.ghala.chaos.history.Token;
import io.ghala.chaos.history.Write;
import io.ghala.model.StreamId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CheckerTest {
    private final HistoryOf history = new HistoryOf();

    private Set<Rule> broken() {
        return Checker.check(history.build()).stream().map(Violation::rule).collect(Collectors.toSet());
    }

    @Test
    void aHistoryThatKeepsEverythingHasNoViolation() {
        history.queued(1, "r1", 10, 11, 100)
                .queued(2, "r1", 20, 21, 200)
                .deleted(3, "r2", 22, 23, 300)
                .sees(5, 30, 31, row("r1", 1, 100), plain("r2"))
                .sees(6, 32, 33, row("r1", 2, 200))
                .ends(6, row("r1", 2, 200));
        assertThat(broken()).isEmpty();
    }

    @Test
    void aQueuedWriteThatIsNowhereIsLost() {
        history.queued(1, "r1", 10, 11, 100).ends(5);
        assertThat(broken()).containsExactly(Rule.LOST);
    }

    @Test
    void aQueuedWriteMayBeLostByAWipeThatCameLater() {
        history.queued(1, "r1", 10, 11, 100).wiped(12, 13).ends(5);
        assertThat(broken()).isEmpty();
    }

    @Test
    void aWriteAfterTheWipeMayNotBeLost() {
        history.wiped(8, 9).queued(1, "r1", 10, 11, 100).ends(5);
        assertThat(broken()).containsExactly(Rule.LOST);
    }

    @Test
    void whatWasSeenAppliedMayNotBeLostByAWipe() {
        history.queued(1, "r1", 10, 11, 100)
                .sees(5, 20, 21, row("r1", 1, 100))
                .wiped(30, 31)
                .ends(6);
        assertThat(broken()).containsExactly(Rule.LOST);
    }

    @Test
    void aTokenThatWasAnsweredCountsAsAppliedAlsoForADelete() {
        history.deleted(1, "r1", 10, 11, 100)
                .seesAfter(5, 20, 21, write("r1", 100))
                .wiped(30, 31)
                .ends(6, plain("r1"));
        assertThat(broken()).containsExactly(Rule.LOST);
    }

    @Test
    void aWriteWithoutAnAnswerMayHaveHappenedOrNot() {
        history.uncertain(1, "r1", 10, 11).queued(2, "r2", 12, 13, 100);
        history.ends(5, row("r2", 2, 100));
        assertThat(broken()).isEmpty();
        history.ends(5, row("r2", 2, 100), row("r1", 1, 90));
        assertThat(broken()).isEmpty();
    }

    @Test
    void aDeleteWithoutAnAnswerMayHideARow() {
        history.queued(1, "r1", 10, 11, 100).uncertainDelete(2, "r1", 12, 13).ends(5);
        assertThat(broken()).isEmpty();
    }

    @Test
    void theLesserStreamIdMayNotWin() {
        history.queued(1, "r1", 10, 11, 100).queued(2, "r1", 20, 21, 200).ends(5, row("r1", 1, 100));
        assertThat(broken()).containsExactly(Rule.ORDER);
    }

    @Test
    void aRowWithoutItsStreamIdIsJudgedByTheTokenOfItsWrite() {
        history.queued(1, "r1", 10, 11, 100).queued(2, "r1", 20, 21, 200).ends(5, Payload.row("r1", 1, ""));
        assertThat(broken()).containsExactly(Rule.ORDER);
    }

    @Test
    void aRowMayNotGoBackFromOneVersionToTheNext() {
        history.queued(1, "r1", 10, 11, 100)
                .queued(2, "r1", 20, 21, 200)
                .sees(5, 30, 31, row("r1", 2, 200))
                .sees(6, 40, 41, row("r1", 1, 100))
                .ends(7, row("r1", 2, 200));
        assertThat(broken()).containsExactly(Rule.ORDER);
    }

    @Test
    void aReadWithATokenHoldsTheWrite() {
        history.queued(1, "r1", 10, 11, 100)
                .seesAfter(5, 20, 21, write("r1", 100))
                .ends(6, row("r1", 1, 100));
        assertThat(broken()).contains(Rule.STALE);
    }

    @Test
    void aWriteMayNotHaveTwoStreamIds() {
        history.retried(1, "r1", 10, 20, 100, 200).ends(5, row("r1", 1, 200));
        assertThat(broken()).containsExactly(Rule.TWICE);
    }

    @Test
    void aSecondStreamIdThatWasOnlySeenInTheFolderCounts() {
        history.queued(1, "r1", 10, 11, 100)
                .add(new Sighting("r1", StreamId.parse("90-0"), 1))
                .ends(5, row("r1", 1, 100));
        assertThat(broken()).containsExactly(Rule.TWICE);
    }

    @Test
    void aWipeBetweenTwoAttemptsForgetsTheOpId() {
        history.retried(1, "r1", 10, 20, 100, 200).wiped(12, 13).ends(5, row("r1", 1, 200));
        assertThat(broken()).isEmpty();
    }

    @Test
    void versionsOfOneReaderMayNotGoBack() {
        history.sees(6, 10, 11).sees(5, 12, 13).ends(6);
        assertThat(broken()).containsExactly(Rule.BACKWARDS);
    }

    @Test
    void readsAtTheSameTimeMaySeeVersionsInAnyOrder() {
        history.sees(6, 10, 13).sees(5, 11, 12).ends(6);
        assertThat(broken()).isEmpty();
    }

    @Test
    void oneVersionHasOneContent() {
        history.sees(5, 10, 11, plain("r1")).sees(5, 12, 13).ends(6);
        assertThat(broken()).containsExactly(Rule.MIXED);
    }

    @Test
    void aPlainFileIsSeenWhollyOrNotAtAll() {
        SeenRow[] some = IntStream.range(0, Payload.FILE_ROWS - 1)
                .mapToObj(i -> Payload.row(Payload.fileRow(Payload.FIRST_FILE, i), Payload.FIRST_FILE, ""))
                .toArray(SeenRow[]::new);
        history.sees(5, 10, 11, some).ends(6);
        assertThat(broken()).containsExactly(Rule.MIXED);
    }

    @Test
    void aRowOfTwoWritesIsTorn() {
        history.sees(5, 10, 11, new SeenRow("r1", 0, Payload.a("r1", 0), 7, "")).ends(6);
        assertThat(broken()).containsExactly(Rule.TORN);
    }

    @Test
    void aDamagedSnapshotIsTorn() {
        history.add(new Damage("blob")).ends(6);
        assertThat(broken()).containsExactly(Rule.TORN);
    }

    @Test
    void aRowThatNobodyWroteIsInvented() {
        history.sees(5, 10, 11, row("r1", 77, 100)).ends(6, row("r1", 77, 100));
        assertThat(broken()).containsExactly(Rule.INVENTED);
    }

    @Test
    void aRefusedWriteLeavesNoTrace() {
        history.refused(1, "r1", 10, 11).ends(6, row("r1", 1, 100));
        assertThat(broken()).containsExactly(Rule.INVENTED);
    }

    @Test
    void streamIdsGrowAlsoOverAWipe() {
        history.queued(1, "r1", 10, 11, 200)
                .wiped(12, 13)
                .queued(2, "r2", 20, 21, 100)
                .ends(5, row("r2", 2, 100));
        assertThat(broken()).containsExactly(Rule.IDS);
    }

    @Test
    void aTokenOfTheSameStreamStaysKnown() {
        history.queued(1, "r1", 10, 11, 100)
                .add(new TokenRefusal(write("r1", 100), 20, 21, "unknown"))
                .ends(5, row("r1", 1, 100));
        assertThat(broken()).containsExactly(Rule.TOKEN);
    }

    @Test
    void aTokenFromBeforeAWipeMayBeUnknown() {
        history.queued(1, "r1", 10, 11, 100)
                .wiped(12, 13)
                .add(new TokenRefusal(write("r1", 100), 20, 21, "unknown"))
                .ends(5, row("r1", 1, 100));
        assertThat(broken()).isEmpty();
    }

    @Test
    void aPoisonousWriteIsInTheDeadLettersOnce() {
        history.poison(1, 10, 11, 100).ends(5);
        assertThat(broken()).containsExactly(Rule.DEAD);
        history.dead(new DeadLetter(StreamId.parse("100-0"), "r0")).ends(5);
        assertThat(broken()).isEmpty();
        history.dead(new DeadLetter(StreamId.parse("100-0"), "r0")).ends(5);
        assertThat(broken()).containsExactly(Rule.DEAD);
    }

    @Test
    void aGoodWriteIsNotInTheDeadLetters() {
        history.queued(1, "r1", 10, 11, 100)
                .dead(new DeadLetter(StreamId.parse("100-0"), "r1"))
                .ends(5, row("r1", 1, 100));
        assertThat(broken()).containsExactly(Rule.DEAD);
    }

    @Test
    void atRestTheSnapshotIsTheFolder() {
        history.endsDiffering(5, List.of(plain("r1")), List.of(), List.of(plain("r1")));
        assertThat(broken()).contains(Rule.FOLD);
    }

    @Test
    void atRestTheParquetFileIsTheFolder() {
        history.endsDiffering(5, List.of(plain("r1")), List.of(plain("r1")), List.of());
        assertThat(broken()).contains(Rule.PARQUET);
    }

    @Test
    void theSameHistoryGivesTheSameViolations() {
        history.queued(1, "r1", 10, 11, 100).ends(5);
        History once = history.build();
        assertThat(Checker.check(once)).isEqualTo(Checker.check(once));
    }

    private static SeenRow row(String id, int number, long stream) {
        return Payload.row(id, number, stream + "-0");
    }

    private static SeenRow plain(String id) {
        return Payload.row(id, Payload.BASE, "");
    }

    private static RowWrite write(String row, long stream) {
        return new RowWrite(row, new Token(HistoryOf.EPOCH, StreamId.parse(stream + "-0")));
    }

    @Test
    void writesAreTakenAsTheyWereToldWhateverTheOrderOfTheirReports() {
        history.add(new Wipe(1, 2))
                .queued(2, "r1", 20, 21, 200)
                .queued(1, "r1", 10, 11, 100)
                .ends(5, row("r1", 2, 200));
        assertThat(broken()).isEmpty();
        assertThat(history.build().writes()).extracting(Write::number).containsExactly(2, 1);
    }
}

package io.ghala.refresher;

import io.ghala.intent.SettledWrites;
import io.ghala.refresher.publish.PublishVersion;
import io.ghala.refresher.publish.RepairParts;
import io.ghala.snapshot.SnapshotPublisher;

/**
 * The steps of refreshing one table, in the order in which {@link RefreshTable} takes them; each remembers what it must
 * between two refreshes.
 */
record RefreshSteps(
        SettledWrites writes,
        FollowSettings settings,
        KnownTable known,
        LookAtFolder look,
        RepairParts repair,
        ChangeTable change,
        PublishVersion publish,
        ReportRefresh report,
        TakeOutFiles takeOut,
        TellPeople people,
        SnapshotPublisher snapshots) {}

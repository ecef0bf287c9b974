package io.ghala.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.folder.ReadAnew;
import io.ghala.folder.ReadAnew.Which;
import io.ghala.folder.ReadAnewRequests;
import io.ghala.model.TableName;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link ReadAnewRequests} does. */
public interface ReadAnewRequestsContract {
    /** With nothing asked for yet. */
    ReadAnewRequests requests();

    @Test
    default void whatWasAskedForIsTakenOnceAndTogether() {
        ReadAnewRequests requests = requests();
        TableName table = new TableName("orders");
        assertThat(requests.take(table)).isEqualTo(ReadAnew.NONE);
        requests.ask(table, new ReadAnew(Which.NAMED, Set.of("a.csv")));
        requests.ask(table, new ReadAnew(Which.MOVED, Set.of()));
        requests.ask(table, new ReadAnew(Which.NAMED, Set.of("eu/b.csv")));
        assertThat(requests.isPending(table)).isTrue();
        assertThat(requests.take(table)).isEqualTo(new ReadAnew(Which.MOVED, Set.of("a.csv", "eu/b.csv")));
        assertThat(requests.isPending(table)).isFalse();
        assertThat(requests.take(table)).isEqualTo(ReadAnew.NONE);
    }

    @Test
    default void eachTableHasWishesOfItsOwn() {
        ReadAnewRequests requests = requests();
        requests.ask(new TableName("people"), new ReadAnew(Which.ALL, Set.of()));
        assertThat(requests.isPending(new TableName("orders"))).isFalse();
        assertThat(requests.take(new TableName("orders"))).isEqualTo(ReadAnew.NONE);
        assertThat(requests.take(new TableName("people"))).isEqualTo(new ReadAnew(Which.ALL, Set.of()));
    }
}

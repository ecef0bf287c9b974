package io.ghala.chaos.check;

import io.ghala.chaos.history.History.DeadLetter;
import io.ghala.chaos.history.Write;
import io.ghala.model.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** At rest, every poisonous write is in the dead letters once, and no other is. */
final class DeadLettersAccounted implements Check {
    @Override
    public List<Violation> violations(Facts facts) {
        Map<StreamId, Integer> letters = new HashMap<>();
        for (DeadLetter letter : facts.history().ending().dead()) {
            letters.merge(letter.id(), 1, Integer::sum);
        }
        List<Violation> violations = new ArrayList<>();
        for (Write write : facts.history().writes()) {
            for (StreamId id : facts.ids(write.number())) {
                int count = letters.getOrDefault(id, 0);
                boolean poison = write.kind() == Write.Kind.POISON;
                boolean wrong = poison ? count > 1 || (count == 0 && !facts.mayBeWiped(write)) : count > 0;
                if (wrong) {
                    violations.add(new Violation(
                            Rule.DEAD,
                            write.kind() + " " + write.number() + " with stream id " + id + " is in the dead letters "
                                    + count + " times"));
                }
            }
        }
        return violations;
    }
}

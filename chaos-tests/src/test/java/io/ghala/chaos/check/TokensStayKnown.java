package io.ghala.chaos.check;

import io.ghala.chaos.history.History.TokenRefusal;
import io.ghala.chaos.history.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A token can be waited for unless its write is dead, or Redis lost everything after the write was asked for. */
final class TokensStayKnown implements Check {
    @Override
    public List<Violation> violations(Facts facts) {
        Map<String, Write> byToken = new HashMap<>();
        facts.history().writes().forEach(write -> write.tokens()
                .forEach(token -> byToken.put(token.toString(), write)));
        List<Violation> violations = new ArrayList<>();
        for (TokenRefusal refusal : facts.history().refusals()) {
            Write write = byToken.get(refusal.write().token().toString());
            if (write == null || write.kind() == Write.Kind.POISON) {
                continue;
            }
            boolean wiped = facts.history().wipes().stream()
                    .anyMatch(wipe -> wipe.ended() >= write.invoked() && wipe.began() <= refusal.ended());
            if (!wiped) {
                violations.add(
                        new Violation(Rule.TOKEN, "token of write " + write.number() + " was refused: " + refusal));
            }
        }
        return violations;
    }
}

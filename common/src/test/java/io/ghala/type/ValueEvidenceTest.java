package io.ghala.type;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import io.ghala.token.JsonTokens;
import io.ghala.token.Token;
import io.ghala.type.DeclaredEvidence.Reach;
import io.ghala.type.DeclaredEvidence.Unit;
import io.ghala.type.DeclaredEvidence.Zone;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ValueEvidenceTest {
    private static ValueEvidence json(String json) throws IOException {
        try (JsonParser parser = JsonTokens.parser(json)) {
            parser.nextToken();
            return ValueEvidence.of(Token.read(parser));
        }
    }

    private static String object(String prefix, int keys) {
        return IntStream.range(0, keys)
                .mapToObj(i -> "\"" + prefix + i + "\":1")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static List<ValueEvidence> samples() throws IOException {
        List<ValueEvidence> samples = new ArrayList<>(List.of(
                ValueEvidence.NOTHING,
                DeclaredEvidence.BOOLEAN,
                DeclaredEvidence.DOUBLE,
                DeclaredEvidence.TEXT,
                DeclaredEvidence.BINARY,
                DeclaredEvidence.DATE,
                DeclaredEvidence.TIME,
                DeclaredEvidence.JSON,
                DeclaredEvidence.decimal(9, 2),
                DeclaredEvidence.decimal(38, 38),
                DeclaredEvidence.integer(BigInteger.ZERO),
                DeclaredEvidence.integer(BigInteger.TEN.pow(20)),
                DeclaredEvidence.timestamp(Zone.UTC, Unit.NANOSECOND, Reach.NANOSECONDS),
                DeclaredEvidence.timestamp(Zone.NONE, Unit.MICROSECOND, Reach.BEYOND_NANOSECONDS),
                DeclaredEvidence.map(DeclaredEvidence.decimal(5, 1)),
                DeclaredEvidence.list(DeclaredEvidence.BINARY),
                DeclaredEvidence.struct(List.of("a", "b"), List.of(DeclaredEvidence.TEXT, DeclaredEvidence.TIME)),
                DeclaredEvidence.struct(List.of("a", "A"), List.of(DeclaredEvidence.TEXT, DeclaredEvidence.TIME))));
        for (String json : List.of(
                "null",
                "1",
                "-12345.678",
                "1e400",
                "9007199254740993",
                "\"2024-01-02\"",
                "\"x\"",
                "[]",
                "[1,\"x\"]",
                "{}",
                "{\"a\":1}",
                "{\"A\":[1.5]}",
                "{\"k\":1,\"K\":2}",
                object("p", 200),
                object("q", 200))) {
            samples.add(json(json));
        }
        return samples;
    }

    @Test
    void joiningIsCommutativeAssociativeAndIdempotent() throws IOException {
        List<ValueEvidence> samples = samples();
        for (ValueEvidence a : samples) {
            assertThat(a.join(a)).isEqualTo(a);
            for (ValueEvidence b : samples) {
                assertThat(a.join(b)).isEqualTo(b.join(a));
                assertThat(a.join(b).join(b)).isEqualTo(a.join(b));
                for (ValueEvidence c : samples) {
                    assertThat(a.join(b).join(c)).isEqualTo(a.join(b.join(c)));
                }
            }
        }
    }

    @Test
    void evidenceCrossesProcessesAndStorageUnchanged() throws IOException {
        for (ValueEvidence evidence : samples()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            EvidenceCodec.write(evidence, new DataOutputStream(bytes));
            assertThat(EvidenceCodec.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                    .isEqualTo(evidence);
            TableEvidence table = new TableEvidence(java.util.Map.of("v", new ColumnEvidence("v", 1, evidence)));
            assertThat(EvidenceJson.decode(EvidenceJson.encode(table))).isEqualTo(table);
        }
    }
}

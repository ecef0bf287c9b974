package io.ghala.snapshot.parquet;

import io.ghala.model.Column;
import io.ghala.model.ColumnType;
import io.ghala.model.ColumnType.DecimalType;
import io.ghala.model.ColumnType.ListType;
import io.ghala.model.ColumnType.MapType;
import io.ghala.model.ColumnType.StructType;
import io.ghala.model.ScalarType;
import io.ghala.token.JsonTokens;
import io.ghala.token.Token;
import io.ghala.token.TokenKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/** Reads the files that {@link ParquetTableWriter} writes, row by row, as tokens. */
public final class ParquetTableReader {
    private static final Token NULL = new Token.Scalar(TokenKind.NULL, "null");

    private ParquetTableReader() {}

    /** Hands every row to {@code rows}, a token per column. Columns that the file has beyond these are an error. */
    public static void read(InputFile file, List<Column> columns, Consumer<List<Token>> rows) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(file)) {
            MessageType schema = reader.getFileMetaData().getSchema();
            if (!schema.getFields().equals(ParquetSchemas.schema(columns).getFields())) {
                throw new IOException("its schema is " + schema + " instead of " + ParquetSchemas.schema(columns));
            }
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                RecordReader<Group> records = new ColumnIOFactory()
                        .getColumnIO(schema)
                        .getRecordReader(pages, new GroupRecordConverter(schema));
                for (long row = 0; row < pages.getRowCount(); row++) {
                    rows.accept(row(records.read(), columns));
                }
            }
        }
    }

    /** The values of one record, a token per column. */
    static List<Token> row(Group group, List<Column> columns) {
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            tokens.add(field(group, i, columns.get(i).type()));
        }
        return tokens;
    }

    private static Token field(Group group, int field, ColumnType type) {
        return group.getFieldRepetitionCount(field) == 0 ? NULL : value(group, field, type);
    }

    private static Token value(Group group, int field, ColumnType type) {
        return type.accept(new ColumnType.Visitor<>() {
            @Override
            public Token scalar(ScalarType scalar) {
                return ParquetTableReader.scalar(group, field, scalar);
            }

            @Override
            public Token decimal(DecimalType decimal) {
                BigInteger unscaled;
                if (decimal.precision() <= ParquetSchemas.INT32_DIGITS) {
                    unscaled = BigInteger.valueOf(group.getInteger(field, 0));
                } else if (decimal.precision() <= ParquetSchemas.INT64_DIGITS) {
                    unscaled = BigInteger.valueOf(group.getLong(field, 0));
                } else {
                    unscaled = new BigInteger(group.getBinary(field, 0).getBytes());
                }
                return number(new BigDecimal(unscaled, decimal.scale()).toPlainString());
            }

            @Override
            public Token list(ListType list) {
                Group entries = group.getGroup(field, 0);
                List<Token> elements = new ArrayList<>();
                for (int i = 0; i < entries.getFieldRepetitionCount(0); i++) {
                    elements.add(field(entries.getGroup(0, i), 0, list.element()));
                }
                return new Token.ArrayToken(elements);
            }

            @Override
            public Token struct(StructType struct) {
                Group nested = group.getGroup(field, 0);
                List<Token.Field> fields = new ArrayList<>();
                for (int i = 0; i < struct.fields().size(); i++) {
                    Column column = struct.fields().get(i);
                    fields.add(new Token.Field(column.name(), field(nested, i, column.type())));
                }
                return new Token.ObjectToken(fields);
            }

            @Override
            public Token map(MapType map) {
                Group entries = group.getGroup(field, 0);
                List<Token.Field> fields = new ArrayList<>();
                for (int i = 0; i < entries.getFieldRepetitionCount(0); i++) {
                    Group entry = entries.getGroup(0, i);
                    fields.add(new Token.Field(entry.getString(0, 0), field(entry, 1, map.value())));
                }
                return new Token.ObjectToken(fields);
            }

            private Token field(Group nested, int index, ColumnType nestedType) {
                return ParquetTableReader.field(nested, index, nestedType);
            }
        });
    }

    private static Token scalar(Group group, int field, ScalarType type) {
        return switch (type) {
            case BOOLEAN ->
                group.getBoolean(field, 0)
                        ? new Token.Scalar(TokenKind.TRUE, "true")
                        : new Token.Scalar(TokenKind.FALSE, "false");
            case BIGINT -> number(Long.toString(group.getLong(field, 0)));
            case DOUBLE -> number(Double.toString(group.getDouble(field, 0)));
            case VARCHAR -> text(group.getString(field, 0));
            case JSON -> json(group.getString(field, 0));
            case BLOB ->
                text(Base64.getEncoder()
                        .encodeToString(group.getBinary(field, 0).getBytes()));
            case DATE -> text(LocalDate.ofEpochDay(group.getInteger(field, 0)).toString());
            case TIME ->
                text(LocalTime.ofNanoOfDay(group.getLong(field, 0) * 1000).toString());
            case TIMESTAMP -> text(timestamp(group.getLong(field, 0), ChronoUnit.MICROS));
            case TIMESTAMP_NS -> text(timestamp(group.getLong(field, 0), ChronoUnit.NANOS));
            case TIMESTAMPTZ -> text(timestamp(group.getLong(field, 0), ChronoUnit.MICROS) + "Z");
            case TIMESTAMPTZ_NS -> text(timestamp(group.getLong(field, 0), ChronoUnit.NANOS) + "Z");
        };
    }

    private static Token number(String text) {
        return new Token.Scalar(TokenKind.NUMBER, text);
    }

    private static Token text(String text) {
        return new Token.Scalar(TokenKind.STRING, text);
    }

    private static Token json(String text) {
        try (com.fasterxml.jackson.core.JsonParser parser = JsonTokens.parser(text)) {
            parser.nextToken();
            return Token.read(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("a JSON column holds text that is not JSON", e);
        }
    }

    private static String timestamp(long value, ChronoUnit unit) {
        Instant instant = Instant.EPOCH.plus(value, unit);
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC)
                .format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS", java.util.Locale.ROOT));
    }
}

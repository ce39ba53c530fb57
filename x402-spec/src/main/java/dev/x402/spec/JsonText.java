package dev.x402.spec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** JSON text to trees and back. The one place that knows the parser. */
final class JsonText {
    /** Above our own limits, which {@link JsonReading} reports with the place. */
    private static final int BEYOND_OURS = 1 << 17;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonReading.MAX_DEPTH + 1)
                    .maxStringLength(BEYOND_OURS)
                    .maxNameLength(BEYOND_OURS)
                    .maxNumberLength(BEYOND_OURS)
                    .build())
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(JsonReading.MAX_DEPTH)
                    .build())
            .build();

    private JsonText() {}

    static Json parse(byte[] utf8, int maxElements) {
        try (JsonParser parser = FACTORY.createParser(decode(utf8))) {
            return new JsonReading(parser, maxElements).document();
        } catch (JsonProcessingException e) {
            throw new MalformedMessageException("", "JSON", "no JSON");
        } catch (IOException e) {
            throw new UncheckedIOException("characters in memory cannot fail", e);
        }
    }

    static byte[] print(Json json) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            print(json, generator);
        } catch (IOException e) {
            throw new IllegalArgumentException("JSON: expected at most " + JsonReading.MAX_DEPTH + " levels", e);
        }
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text.getBuffer()));
            byte[] bytes = new byte[utf8.remaining()];
            utf8.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("JSON: expected Unicode text, saw half a surrogate pair", e);
        }
    }

    private static void print(Json json, JsonGenerator generator) throws IOException {
        if (json instanceof Json.Obj obj) {
            generator.writeStartObject();
            for (Map.Entry<String, Json> member : obj.members().entrySet()) {
                generator.writeFieldName(member.getKey());
                print(member.getValue(), generator);
            }
            generator.writeEndObject();
        } else if (json instanceof Json.Arr arr) {
            generator.writeStartArray();
            for (Json element : arr.elements()) {
                print(element, generator);
            }
            generator.writeEndArray();
        } else if (json instanceof Json.Str str) {
            generator.writeString(str.value());
        } else if (json instanceof Json.Num num) {
            generator.writeNumber(num.value());
        } else if (json instanceof Json.Bool bool) {
            generator.writeBoolean(bool.value());
        } else {
            generator.writeNull();
        }
    }

    private static char[] decode(byte[] utf8) {
        try {
            CharBuffer text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8));
            char[] chars = new char[text.remaining()];
            text.get(chars);
            return chars;
        } catch (CharacterCodingException e) {
            throw new MalformedMessageException("", "UTF-8", "bytes that are not UTF-8");
        }
    }
}

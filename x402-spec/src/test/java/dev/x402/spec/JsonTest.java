package dev.x402.spec;

import static dev.x402.spec.Wire.json;
import static dev.x402.spec.Wire.rewritten;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    private static String refusal(Executable reading) {
        return assertThrows(MalformedMessageException.class, reading).getMessage();
    }

    @ParameterizedTest
    @CsvSource({"1,1.0", "1e2,100", "1.50,1.5", "0,-0", "0.0,0", "2e0,2"})
    void numbers_are_equal_by_value(String one, String other) {
        assertEquals(json(one), json(other));
        assertEquals(json(one).hashCode(), json(other).hashCode());
    }

    @Test
    void objects_are_equal_without_regard_to_order() {
        assertEquals(json("{\"a\":1,\"b\":{\"c\":[1,2]}}"), json("{\"b\":{\"c\":[1.0,2]},\"a\":1}"));
        assertEquals(
                json("{\"a\":1,\"b\":2}").hashCode(), json("{\"b\":2,\"a\":1}").hashCode());
    }

    @Test
    void arrays_are_equal_in_order_only() {
        assertNotEquals(json("[1,2]"), json("[2,1]"));
    }

    @Test
    void null_is_not_absence() {
        assertNotEquals(json("{}"), json("{\"a\":null}"));
    }

    @Test
    void text_is_not_a_number() {
        assertNotEquals(json("1"), json("\"1\""));
    }

    @ParameterizedTest
    @CsvSource({"1.50,1.50", "0.10,0.10", "100,100", "1e2,1E+2", "2e0,2.0", "-0,0", "1E-7,1E-7"})
    void numbers_keep_their_digits(String number, String written) {
        assertEquals(written, rewritten(Codec.JSON, number));
    }

    @Test
    void writes_text_without_needless_escapes() {
        String text = "{\"<a href='x'>&\":\"\u00e9\u2028\ud83d\ude00/\\\"\\\\\\n\\u0000\"}";
        assertEquals(text, rewritten(Codec.JSON, text));
    }

    @Test
    void writes_no_half_of_a_surrogate_pair() {
        var e = assertThrows(IllegalArgumentException.class, () -> Codec.JSON.write(Json.of("\ud800")));
        assertEquals("JSON: expected Unicode text, saw half a surrogate pair", e.getMessage());
    }

    @Test
    void writes_no_more_levels_than_it_reads() {
        Json deep = Json.of(1);
        for (int i = 0; i < 17; i++) {
            deep = Json.array(deep);
        }
        Json tooDeep = deep;
        var e = assertThrows(IllegalArgumentException.class, () -> Codec.JSON.write(tooDeep));
        assertEquals("JSON: expected at most 16 levels", e.getMessage());
    }

    @Test
    void is_not_changed_by_changing_what_it_was_made_of() {
        Map<String, Json> members = new HashMap<>();
        Json.Obj obj = new Json.Obj(members);
        members.put("a", Json.of(1));
        assertEquals(Json.Obj.EMPTY, obj);
    }

    @Test
    void cannot_be_changed_through_its_members() {
        Json.Obj obj = Json.object().put("a", 1).build();
        assertThrows(UnsupportedOperationException.class, () -> obj.members().put("b", Json.of(1)));
        assertThrows(UnsupportedOperationException.class, () -> obj.members().remove("a"));
        assertThrows(UnsupportedOperationException.class, () -> obj.members().clear());
        assertThrows(
                UnsupportedOperationException.class,
                () -> obj.members().entrySet().iterator().next().setValue(Json.of(2)));
    }

    @Test
    void is_not_changed_by_a_builder_that_goes_on() {
        Json.Builder builder = Json.object().put("a", 1);
        Json.Obj before = builder.build();
        builder.put("b", 2);
        assertEquals(json("{\"a\":1}"), before);
    }

    @Test
    void builds_without_absent_members() {
        assertEquals(
                json("{\"a\":\"x\",\"b\":1,\"c\":true}"),
                Json.object()
                        .put("a", "x")
                        .put("none", (String) null)
                        .put("nil", (Json) null)
                        .put("b", 1)
                        .put("c", true)
                        .putAbsent((Json.Obj) json("{\"a\":2}"))
                        .build());
    }

    @Test
    void prints_no_content_of_text_and_objects() {
        assertEquals("object of 1", json("{\"a\":\"secret\"}").toString());
        assertEquals("array of 2", json("[\"secret\",1]").toString());
        assertEquals("string of 6", json("\"secret\"").toString());
    }

    @Test
    void finds_members_and_texts() {
        Json.Obj obj = (Json.Obj) json("{\"a\":\"x\",\"n\":null}");
        assertEquals(Optional.of("x"), obj.text("a"));
        assertEquals(Optional.of(Json.Null.NULL), obj.find("n"));
        assertEquals(Optional.empty(), obj.find("b"));
    }

    @Test
    void a_cursor_names_the_place_from_the_root() {
        JsonCursor root = json("{\"a/b\":[{\"c~\":\"x\"}]}").cursor();
        assertEquals(
                "/a~1b/0/c~0: expected true or false, saw \"x\"",
                refusal(() -> root.member("a/b").elements().get(0).member("c~").bool()));
    }

    @Test
    void a_cursor_begins_where_it_is_told() {
        assertEquals(
                "/accepts/0/extra/name: expected a value, saw nothing",
                refusal(() -> JsonCursor.at("/accepts/0/extra", Json.Obj.EMPTY).member("name")));
    }

    @Test
    void a_cursor_hides_what_stands_in_extensions() {
        assertEquals(
                "/extensions/x/signature: expected an object, saw a string of 4 characters",
                refusal(() -> JsonCursor.at("/extensions/x/signature", Json.of("0x12"))
                        .object()));
    }

    @Test
    void a_cursor_takes_null_for_absent() {
        assertFalse(json("{\"a\":null}").cursor().optional("a").isPresent());
    }

    @Test
    void a_cursor_reads_texts() {
        assertEquals(List.of("a", "b"), json("[\"a\",\"b\"]").cursor().texts());
        assertEquals(
                "/1: expected a string, saw 2",
                refusal(() -> json("[\"a\",2]").cursor().texts()));
    }

    @Test
    void a_cursor_refuses_empty_text_where_text_must_be() {
        assertEquals(
                "message: expected a string that is not empty, saw \"\"",
                refusal(() -> json("\"\"").cursor().nonEmptyText()));
    }

    @Test
    void a_cursor_shows_no_long_number() {
        assertEquals(
                "message: expected a string, saw a number",
                refusal(() ->
                        new Json.Num(new BigDecimal("1".repeat(60))).cursor().text()));
    }

    @Test
    void others_are_the_members_that_nobody_named_and_those_that_are_null() {
        assertEquals(
                json("{\"b\":null,\"c\":1}"),
                json("{\"a\":1,\"b\":null,\"c\":1}").cursor().others("a", "b"));
    }
}

package dev.x402.http.facilitator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtensionRejectionsTest {
    private static Json.Obj status(String status, String reason) {
        return Json.Obj.EMPTY.with("status", status).with("rejectedReason", reason);
    }

    @Test
    void names_the_extension_and_its_reason_in_printable_characters() {
        Json.Obj said = Json.Obj.EMPTY
                .with("bazaar", status("rejected", "info: no input\nERROR forged line"))
                .with("other", status("success", ""));
        assertEquals(
                List.of("bazaar rejected: info: no input?ERROR forged line"),
                ExtensionRejections.in(Codec.JSON.writeHeader(said)));
    }

    @Test
    void a_header_that_cannot_be_read_says_nothing() {
        assertEquals(List.of(), ExtensionRejections.in("!!"));
        assertEquals(List.of(), ExtensionRejections.in(Codec.JSON.writeHeader(Json.of("rejected"))));
    }
}

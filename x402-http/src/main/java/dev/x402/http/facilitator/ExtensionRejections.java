package dev.x402.http.facilitator;

import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.MalformedMessageException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the seller's log why a facilitator's extension took nothing in; a header that cannot be read says nothing. */
final class ExtensionRejections {
    private static final Logger LOG = LoggerFactory.getLogger(HttpFacilitator.class);
    private static final int MOST = 8;
    private static final int LONGEST = 200;

    private ExtensionRejections() {}

    static void log(String header) {
        in(header).forEach(rejection -> LOG.warn("beside its answer, the facilitator's extension {}", rejection));
    }

    /** Key and reason of each extension that says rejected, in printable characters. */
    static List<String> in(String header) {
        List<String> rejections = new ArrayList<>();
        try {
            if (Codec.JSON.readHeader(header) instanceof Json.Obj all) {
                all.members().forEach((key, value) -> {
                    if (value instanceof Json.Obj said
                            && said.text("status").filter("rejected"::equals).isPresent()
                            && rejections.size() < MOST) {
                        String reason = said.text("rejectedReason").orElse("without a reason");
                        rejections.add(printable(key) + " rejected: " + printable(reason));
                    }
                });
            }
        } catch (MalformedMessageException e) {
            return List.of();
        }
        return rejections;
    }

    private static String printable(String text) {
        String start = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return start.replaceAll("[^\\x20-\\x7e]", "?");
    }
}

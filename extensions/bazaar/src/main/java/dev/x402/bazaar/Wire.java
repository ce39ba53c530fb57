package dev.x402.bazaar;

import dev.x402.spec.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Asks strangers' servers one unpaid thing. */
interface Wire {
    /** One request and its answer; never throws for what a stranger does. */
    Heard ask(Question question);

    /**
     * What is asked.
     *
     * @param method of the request
     * @param target where
     * @param body of a call to a tool; empty for none
     */
    record Question(String method, Target target, Optional<Json.Obj> body) {
        static Question of(String method, Target target) {
            return new Question(method, target, Optional.empty());
        }
    }

    /** What came. */
    sealed interface Heard {
        /**
         * An answer, of whichever origin was asked.
         *
         * @param headers by name in lower case
         * @param body where somebody must look into it, else empty
         */
        record Answer(int status, Map<String, List<String>> headers, String body) implements Heard {
            List<String> header(String name) {
                return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
            }

            byte[] bytes() {
                return body.getBytes(StandardCharsets.UTF_8);
            }
        }

        /**
         * No answer, or none that may be looked at.
         *
         * @param why in our words
         */
        record Nothing(String why) implements Heard {}
    }
}

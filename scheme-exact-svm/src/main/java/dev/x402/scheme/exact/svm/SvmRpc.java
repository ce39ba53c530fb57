package dev.x402.scheme.exact.svm;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.Json;
import dev.x402.spec.Network;
import java.time.Instant;
import java.util.List;

/** A port: the nodes through which a facilitator reads and settles. Safe for threads. */
public interface SvmRpc {
    /** The network's nodes, the preferred one first, each time the same objects; empty when it is not served. */
    List<Node> nodes(Network network);

    /** One node; all that one observation needs is read from the same one. */
    interface Node {
        /** The node for people: no path, query or user info, which may hold credentials. */
        String name();

        /**
         * Sends the calls as one JSON-RPC batch.
         *
         * @param by the deadline for the whole answer
         * @return one answer per call, in order
         * @throws dev.x402.spi.RailUnavailableException when the node did not answer the batch
         */
        List<Answer> call(List<Call> calls, Instant by);
    }

    /**
     * A JSON-RPC call.
     *
     * @param method such as {@code getSlot}
     * @param params in order
     */
    record Call(String method, List<Json> params) {
        public Call {
            requireNonNull(method, "method");
            params = List.copyOf(params);
        }
    }

    /** What a node answered to one call. */
    sealed interface Answer {
        /**
         * The call succeeded.
         *
         * @param value the member {@code result}
         */
        record Result(Json value) implements Answer {
            public Result {
                requireNonNull(value, "value");
            }
        }

        /**
         * The node refused the call.
         *
         * @param code of JSON-RPC
         * @param message in the node's words; not trusted
         */
        record Refused(long code, String message) implements Answer {
            public Refused {
                requireNonNull(message, "message");
            }
        }
    }
}

package dev.x402.scheme.exact.svm;

import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spi.RailUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** Several nodes over one, each of which remembers what it was asked, and may be down or say something else. */
final class BentRpc implements SvmRpc {
    final List<Bent> nodes;

    BentRpc(SvmRpc straight, int count) {
        Node node = straight.nodes(World.NETWORK).get(0);
        nodes = IntStream.range(0, count)
                .mapToObj(number -> new Bent(node, "node " + number))
                .toList();
    }

    @Override
    public List<Node> nodes(Network network) {
        return network.equals(World.NETWORK) ? List.copyOf(nodes) : List.of();
    }

    /** A node that answers some methods otherwise. */
    static final class Bent implements Node {
        private final Node straight;
        private final String name;
        private final Map<String, Answer> lies = new ConcurrentHashMap<>();
        final List<List<String>> asked = new CopyOnWriteArrayList<>();
        volatile boolean down;

        private Bent(Node straight, String name) {
            this.straight = straight;
            this.name = name;
        }

        /** Answers a method with this from now on. */
        void says(String method, Json result) {
            lies.put(method, new Answer.Result(result));
        }

        void refuses(String method, long code, String message) {
            lies.put(method, new Answer.Refused(code, message));
        }

        void honest() {
            lies.clear();
            down = false;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<Answer> call(List<Call> calls, Instant by) {
            asked.add(calls.stream().map(Call::method).toList());
            if (down) {
                throw new RailUnavailableException(name + ": down");
            }
            List<Answer> answers = new ArrayList<>(straight.call(calls, by));
            for (int i = 0; i < calls.size(); i++) {
                answers.set(i, lies.getOrDefault(calls.get(i).method(), answers.get(i)));
            }
            return answers;
        }
    }
}

package dev.x402.testbed.evm;

import java.math.BigInteger;
import java.util.List;

/**
 * What became of a transaction in a block.
 *
 * @param transaction its hash
 * @param succeeded false when it reverted
 * @param block the number of the block that holds it
 * @param blockHash that block's hash
 * @param from the sender
 * @param gasUsed in units of gas
 * @param gasPrice what one unit cost, in wei
 * @param logs its events in order
 */
public record EvmReceipt(
        String transaction,
        boolean succeeded,
        long block,
        String blockHash,
        String from,
        BigInteger gasUsed,
        BigInteger gasPrice,
        List<Log> logs) {

    /** Copies the logs. */
    public EvmReceipt {
        logs = List.copyOf(logs);
    }

    /**
     * One event.
     *
     * @param address the contract that wrote it
     * @param topics 32 bytes each, the first names the event
     * @param data the members that are no topics
     */
    public record Log(String address, List<String> topics, String data) {

        /** Copies the topics. */
        public Log {
            topics = List.copyOf(topics);
        }
    }
}

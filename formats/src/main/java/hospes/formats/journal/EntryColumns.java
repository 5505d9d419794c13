package hospes.formats.journal;

import hospes.formats.journal.JournalItem.Entry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// The content of a block of entries: not entry by entry but column by column, since the next value
/// of a column is easily told from those before. What came in by the same port as the same kind is
/// a *channel*; each has its own columns.
final class EntryColumns {
  private static final int BYTES = 0;
  private static final int NUMBERS = 1;

  private record Channel(String port, int kind) {}

  private EntryColumns() {}

  static void write(List<Entry> entries, ContentWriter out) {
    Map<Channel, List<Entry>> channels = new LinkedHashMap<>();
    Map<Channel, Integer> numbers = new LinkedHashMap<>();
    LinkedHashSet<String> ports = new LinkedHashSet<>();
    long[] instructions = new long[entries.size()];
    long[] channelOf = new long[entries.size()];
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      Channel channel = new Channel(entry.port(), entry.kind());
      ports.add(entry.port());
      channels.computeIfAbsent(channel, first -> new ArrayList<>()).add(entry);
      instructions[i] = entry.instructions();
      channelOf[i] = numbers.computeIfAbsent(channel, first -> numbers.size());
    }
    out.putNumber(entries.size());
    out.putNumber(ports.size());
    ports.forEach(out::putText);
    out.putNumber(channels.size());
    List<String> names = List.copyOf(ports);
    for (Channel channel : channels.keySet()) {
      out.putNumber(names.indexOf(channel.port));
      out.putNumber(channel.kind);
    }
    out.putColumn(instructions);
    out.putColumn(channelOf);
    channels.values().forEach(same -> writeChannel(same, out));
  }

  private static void writeChannel(List<Entry> entries, ContentWriter out) {
    out.putColumn(entries.stream().mapToLong(Entry::request).toArray());
    out.putColumn(entries.stream().mapToLong(entry -> entry.payload().length).toArray());
    if (entries.stream().allMatch(entry -> entry.payload().length == Long.BYTES)) {
      ContentWriter column = new ContentWriter();
      column.putColumn(
          entries.stream().mapToLong(entry -> number(entry.payload()).getLong()).toArray());
      if (column.size() < Long.BYTES * entries.size()) {
        out.putNumber(NUMBERS);
        out.putBytes(column.toByteArray());
        return;
      }
    }
    out.putNumber(BYTES);
    entries.forEach(entry -> out.putBytes(entry.payload()));
  }

  private static ByteBuffer number(byte[] payload) {
    return ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// @param from the lowest instruction count that the first entry may have
  static List<Entry> read(ContentReader in, long from) throws JournalFormatException {
    int count = in.getCount(Block.MAX_ENTRIES);
    String[] ports = new String[in.getCount(count)];
    for (int i = 0; i < ports.length; i++) {
      ports[i] = in.getText();
    }
    Channel[] channels = new Channel[in.getCount(count)];
    for (int i = 0; i < channels.length; i++) {
      channels[i] =
          new Channel(ports[in.getCount(ports.length - 1)], in.getCount(Integer.MAX_VALUE));
    }
    long[] instructions = in.getColumn(count);
    requireAscending(instructions, from, in);
    int[][] placesOf = places(in.getColumn(count), channels.length, in);
    Entry[] entries = new Entry[count];
    for (int channel = 0; channel < channels.length; channel++) {
      int[] places = placesOf[channel];
      long[] requests = in.getColumn(places.length);
      byte[][] payloads = payloads(places.length, in);
      for (int i = 0; i < places.length; i++) {
        if (requests[i] < 0) {
          throw in.damaged("a negative request");
        }
        entries[places[i]] =
            new Entry(
                instructions[places[i]],
                channels[channel].port,
                requests[i],
                channels[channel].kind,
                payloads[i]);
      }
    }
    in.requireEnd();
    return Arrays.asList(entries);
  }

  private static void requireAscending(long[] instructions, long from, ContentReader in)
      throws JournalFormatException {
    long last = from;
    for (long next : instructions) {
      if (next < last) {
        throw in.damaged("an instruction count that goes back");
      }
      last = next;
    }
  }

  /// For each channel, which entries are its own.
  private static int[][] places(long[] channelOf, int channels, ContentReader in)
      throws JournalFormatException {
    int[] sizes = new int[channels];
    for (long channel : channelOf) {
      if (channel < 0 || channel >= channels) {
        throw in.damaged("an entry of an unknown port");
      }
      sizes[(int) channel]++;
    }
    int[][] places = new int[channels][];
    Arrays.setAll(places, channel -> new int[sizes[channel]]);
    for (int i = channelOf.length - 1; i >= 0; i--) {
      int channel = (int) channelOf[i];
      places[channel][--sizes[channel]] = i;
    }
    return places;
  }

  private static byte[][] payloads(int count, ContentReader in) throws JournalFormatException {
    byte[][] payloads = new byte[count][];
    long[] lengths = in.getColumn(count);
    if (in.getCount(NUMBERS) == BYTES) {
      for (int i = 0; i < count; i++) {
        payloads[i] = in.getBytes(lengths[i]);
      }
      return payloads;
    }
    long[] numbers = in.getColumn(count);
    for (int i = 0; i < count; i++) {
      if (lengths[i] != Long.BYTES) {
        throw in.damaged("a number of another length than eight bytes");
      }
      payloads[i] = new byte[Long.BYTES];
      number(payloads[i]).putLong(numbers[i]);
    }
    return payloads;
  }
}

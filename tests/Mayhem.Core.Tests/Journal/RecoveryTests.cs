using Mayhem.Journal;
using Mayhem.Testing;

namespace Mayhem.Core.Tests.Journal;

public sealed class RecoveryTests : IDisposable
{
    private static readonly string[] Texts = ["first", "", "the third one", "and a last"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Open_TornAtAnyByte_KeepsExactlyTheWholeRecordsBeforeIt()
    {
        await Records.WriteAsync(folder.Path, Texts);
        var log = Records.OnlyLog(folder.Path);
        var whole = await File.ReadAllBytesAsync(log);
        var ends = EndsOf(Texts);

        for (var length = SegmentHeader.Bytes; length <= whole.Length; length++)
        {
            await File.WriteAllBytesAsync(log, whole[..length]);

            var (found, recovery) = await Records.ReopenAsync(folder.Path, new UnflushedDisk());

            var survivors = ends.Count(end => end <= length);
            Assert.Equal(Texts[..survivors], found);
            var lastEnd = survivors == 0 ? SegmentHeader.Bytes : ends[survivors - 1];
            Assert.Equal((lastEnd, length - lastEnd, null), (recovery.Position, recovery.BytesCut, recovery.KeptIn));
            Assert.Equal(length == lastEnd ? JournalDamage.None : JournalDamage.TornTail, recovery.Damage);
            Assert.Equal(lastEnd, new FileInfo(log).Length);
        }
    }

    [Fact]
    public async Task Open_TailOfZeros_IsCut()
    {
        await Records.WriteAsync(folder.Path, Texts);
        using (var log = new FileStream(Records.OnlyLog(folder.Path), FileMode.Append))
            log.Write(new byte[4096]);

        var (found, recovery) = await Records.ReopenAsync(folder.Path);

        Assert.Equal(Texts, found);
        Assert.Equal((JournalDamage.TornTail, 4096), (recovery.Damage, recovery.BytesCut));
    }

    [Fact]
    public async Task Open_AnyBitFlipped_NeverReturnsAWrongRecord()
    {
        await Records.WriteAsync(folder.Path, Texts);
        var log = Records.OnlyLog(folder.Path);
        var whole = await File.ReadAllBytesAsync(log);

        for (var bit = SegmentHeader.Bytes * 8; bit < whole.Length * 8; bit++)
        {
            var damaged = whole.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            await File.WriteAllBytesAsync(log, damaged);

            var (found, recovery) = await Records.ReopenAsync(folder.Path, new UnflushedDisk());

            var hit = EndsOf(Texts).Count(end => end <= bit / 8);
            Assert.Equal(Texts[..hit], found);
            var last = hit == Texts.Length - 1;
            Assert.Equal(last ? JournalDamage.TornTail : JournalDamage.Corruption, recovery.Damage);
            if (!last)
                Assert.Equal(damaged[(int)recovery.Position..], await File.ReadAllBytesAsync(recovery.KeptIn!));
        }
    }

    [Fact]
    public async Task Open_DamagedBeforeItsEnd_IsRefusedAndChangesNothing_UnlessTheLossIsAccepted()
    {
        await Records.WriteAsync(folder.Path, Texts);
        var log = Records.OnlyLog(folder.Path);
        var damaged = await File.ReadAllBytesAsync(log);
        damaged[SegmentHeader.Bytes + RecordFrame.HeaderBytes]++;
        await File.WriteAllBytesAsync(log, damaged);

        var refusal = Assert.Throws<JournalDamagedException>(() => FileJournal.Open(
            folder.Path, null, _ => { }, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance));

        Assert.Equal((log, SegmentHeader.Bytes), (refusal.File, refusal.Position));
        Assert.Equal(damaged, await File.ReadAllBytesAsync(log));
        Assert.Equal(JournalDamage.Corruption, (await Records.ReopenAsync(folder.Path)).Recovery.Damage);
    }

    [Fact]
    public async Task Open_AfterACut_GoesOnBehindTheWholeRecords()
    {
        await Records.WriteAsync(folder.Path, Texts);
        using (var log = File.OpenWrite(Records.OnlyLog(folder.Path)))
            log.SetLength(log.Length - 1);

        await Records.WriteAsync(folder.Path, "after");

        Assert.Equal([.. Texts[..3], "after"], (await Records.ReopenAsync(folder.Path)).Texts);
    }

    [Fact]
    public async Task Open_RecordInsideAPayload_IsNotTakenForARecordAfterTheDamage()
    {
        await Records.WriteAsync(folder["inner"], "an intact record");
        var inner = await File.ReadAllTextAsync(Records.OnlyLog(folder["inner"]), System.Text.Encoding.Latin1);
        await Records.WriteAsync(folder["outer"], "before", inner);
        using (var log = File.OpenWrite(Records.OnlyLog(folder["outer"])))
            log.SetLength(log.Length - 1);

        Assert.Equal(JournalDamage.TornTail, (await Records.ReopenAsync(folder["outer"])).Recovery.Damage);
    }

    [Fact]
    public async Task Open_DamagedInTheSnapshot_IsCorruption_AndATailTornLaterIsNot()
    {
        await using (var journal = Records.Open(folder.Path))
            await journal.CompactAsync(Texts);
        using (var log = File.OpenWrite(Records.OnlyLog(folder.Path)))
            log.SetLength(log.Length - 1);
        var (found, recovery) = await Records.ReopenAsync(folder.Path);
        Assert.Equal((JournalDamage.Corruption, 3), (recovery.Damage, found.Count));

        await Records.WriteAsync(folder.Path, "x");
        using (var log = File.OpenWrite(Records.OnlyLog(folder.Path)))
            log.SetLength(log.Length - 1);

        Assert.Equal(JournalDamage.TornTail, (await Records.ReopenAsync(folder.Path)).Recovery.Damage);
    }

    [Theory]
    [InlineData(0, "mark of a journal")]
    [InlineData(8, "its format is version")]
    [InlineData(17, "its header is damaged")]
    public async Task Open_HeaderOfAnotherKind_NamesTheFileAndChangesNothing(int position, string problem)
    {
        await Records.WriteAsync(folder.Path, Texts);
        var log = Records.OnlyLog(folder.Path);
        var bytes = await File.ReadAllBytesAsync(log);
        bytes[position]++;
        await File.WriteAllBytesAsync(log, bytes);

        var refusal = Assert.Throws<JournalFormatException>(() => Records.Open(folder.Path));

        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(log, refusal.File);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(log));
    }

    [Fact]
    public async Task Open_Twice_NamesFolderAndProcess()
    {
        await using var journal = Records.Open(folder.Path);

        var refusal = Assert.Throws<JournalInUseException>(() => Records.Open(folder.Path));

        Assert.Equal((folder.Path, Environment.ProcessId), (refusal.Folder, refusal.ProcessId));
        Assert.Contains("Stop that process", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ReplayThrows_LetsGoOfTheFolder()
    {
        await Records.WriteAsync(folder.Path, Texts);
        Assert.Throws<FormatException>(() => FileJournal.Open(
            folder.Path, null, _ => throw new FormatException(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance));

        Assert.Equal(Texts, (await Records.ReopenAsync(folder.Path)).Texts);
    }

    private static List<int> EndsOf(string[] texts)
    {
        var ends = new List<int>();
        var end = SegmentHeader.Bytes;
        foreach (var text in texts)
            ends.Add(end += RecordFrame.HeaderBytes + text.Length);
        return ends;
    }
}

using FsCheck;
using FsCheck.Fluent;
using Mayhem.Journal;
using Mayhem.Testing;

namespace Mayhem.Core.Tests.Journal;

/// <summary>Any mix of appends, compactions, reopenings and torn ends, against a list.</summary>
public class JournalProperties
{
    private static readonly Gen<(Act Act, int Amount)> Acts = Gen.Frequency(
        (6, Gen.Choose(0, 300).Select(length => (Act.Append, length))),
        (2, Gen.Choose(2, 20).Select(count => (Act.AppendMany, count))),
        (2, Gen.Constant((Act.Compact, 0))),
        (2, Gen.Constant((Act.Reopen, 0))),
        (1, Gen.Choose(0, 1000).Select(bytes => (Act.Tear, bytes))));

    private enum Act
    {
        Append,
        AppendMany,
        Compact,
        Reopen,
        Tear,
    }

    [Fact]
    public void Journal_WhateverHappens_HoldsWhatTheListHolds() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(100),
        Prop.ForAll(Acts.ListOf().Resize(40).ToArbitrary(), acts => Task.Run(() => new Run().DoAsync(acts)).GetAwaiter().GetResult()));

    private sealed class Run
    {
        private readonly List<string> model = [];
        private int count;

        public async Task DoAsync(IEnumerable<(Act Act, int Amount)> acts)
        {
            using var folder = new TemporaryFolder();
            var journal = Open(folder.Path);
            foreach (var (act, amount) in acts)
            {
                if (act is Act.Reopen or Act.Tear)
                {
                    await journal.DisposeAsync();
                    if (act == Act.Tear)
                        Tear(Records.OnlyLog(folder.Path), amount);
                    journal = Open(folder.Path);
                }
                else
                {
                    await ChangeAsync(journal, act, amount);
                }
            }
            await journal.DisposeAsync();
            await Open(folder.Path).DisposeAsync();
        }

        private FileJournal Open(string path)
        {
            var found = new List<string>();
            var journal = Records.Open(path, found, disk: new UnflushedDisk());
            Assert.Equal(model, found);
            return journal;
        }

        private async Task ChangeAsync(FileJournal journal, Act act, int amount)
        {
            switch (act)
            {
                case Act.Append:
                    await AppendAsync(journal, amount);
                    break;
                case Act.AppendMany:
                    await Task.WhenAll(Enumerable.Range(0, amount).Select(_ => AppendAsync(journal, amount)));
                    break;
                default:
                    await using (var compaction = journal.BeginCompaction())
                    {
                        List<ReadOnlyMemory<byte>> snapshot = [.. model.Select(text => (ReadOnlyMemory<byte>)Records.Of(text))];
                        await AppendAsync(journal, 5);
                        var completed = compaction.CompleteAsync(snapshot, default);
                        await AppendAsync(journal, 7);
                        await completed;
                    }
                    break;
            }
        }

        private Task AppendAsync(FileJournal journal, int length)
        {
            var text = $"{count++}".PadRight(length, '.');
            model.Add(text);
            return journal.Append(text);
        }

        private void Tear(string log, int bytes)
        {
            using var file = File.OpenWrite(log);
            var left = Math.Max(SegmentHeader.Bytes, file.Length - bytes);
            file.SetLength(left);
            var end = (long)SegmentHeader.Bytes;
            var survivors = model.TakeWhile(text => (end += RecordFrame.HeaderBytes + text.Length) <= left).Count();
            model.RemoveRange(survivors, model.Count - survivors);
        }
    }
}

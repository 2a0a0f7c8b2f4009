using System.Text;
using Mayhem.Cli.Requests;

namespace Mayhem.Cli.Tests.Requests;

public class RequestFileReaderTests
{
    private const string First = """{"version":1,"requestId":"a","host":"cattle-0001","requester":"me"}""";
    private const string Second = """{"version":1,"requestId":"b","host":"cattle-0002","requester":"me"}""";

    [Fact]
    public async Task ReadAsync_TwoLines_AreTwoRequests() =>
        Assert.Equal(["1 a", "2 b"], await ReadAsync($"{First}\n{Second}\n"));

    [Fact]
    public async Task ReadAsync_LastLineWithoutEnd_IsRead() =>
        Assert.Equal(["1 a", "2 b"], await ReadAsync($"{First}\n{Second}"));

    [Fact]
    public async Task ReadAsync_CrLf_IsAnEndOfLine() =>
        Assert.Equal(["1 a", "2 b"], await ReadAsync($"{First}\r\n{Second}\r\n"));

    [Fact]
    public async Task ReadAsync_BlankLines_AreSkippedAndCountedAsLines() =>
        Assert.Equal(["3 a", "6 b"], await ReadAsync($"\n  \t \n{First}\n\r\n\n{Second}\n\n"));

    [Fact]
    public async Task ReadAsync_ByteOrderMark_IsDropped() =>
        Assert.Equal(["1 a", "2 b"], await ReadAsync([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes($"{First}\n{Second}\n")]));

    [Fact]
    public async Task ReadAsync_ByteOrderMarkAlone_IsAnEmptyFile() => Assert.Empty(await ReadAsync([0xEF, 0xBB, 0xBF]));

    [Fact]
    public async Task ReadAsync_NoBytes_IsAnEmptyFile() => Assert.Empty(await ReadAsync(""));

    [Fact]
    public async Task ReadAsync_LineOfAMegabyte_IsRejectedWithItsNumberAndTheRestGoesOn() =>
        Assert.Equal(
            ["1 a", "2 ! the line has 1048576 bytes; at most 261120 fit into a message", "3 b"],
            await ReadAsync($"{First}\n{new string('x', 1 << 20)}\n{Second}\n"));

    [Fact]
    public async Task ReadAsync_LineOfExactlyTheLimit_IsRead() =>
        Assert.Equal(["1 a", "2 b"], await ReadAsync($"{First.PadRight(RequestLineParser.MaxLength)}\r\n{Second}\n"));

    [Fact]
    public async Task ReadAsync_LineOneOverTheLimit_IsRejected() =>
        Assert.Equal(
            ["1 ! the line has 261121 bytes; at most 261120 fit into a message", "2 b"],
            await ReadAsync($"{First.PadRight(RequestLineParser.MaxLength + 1)}\r\n{Second}\n"));

    [Fact]
    public async Task ReadAsync_InvalidUtf8_IsRejectedWithItsNumberAndTheRestGoesOn() =>
        Assert.Equal(
            ["1 ! byte 3 of the line is not valid UTF-8", "2 b"],
            await ReadAsync([(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'\n', .. Encoding.UTF8.GetBytes(Second)]));

    [Theory]
    [InlineData("""{"version":1,"host":"h","requester":"me"}""", "requestId is missing")]
    [InlineData("""{"version":1,"requestId":"a","host":"h","requester":"me","colour":"red"}""", "colour is not a field of a restart request")]
    [InlineData("""{"version":1,"requestId":"a","host":7,"requester":"me"}""", "host is not a string")]
    [InlineData("""{"version":2,"requestId":"a","host":"h","requester":"me"}""", "version is not 1, the one that is read here")]
    [InlineData("# a comment", "body is not JSON: byte 1 does not fit")]
    public async Task ReadAsync_NotARequest_NamesTheField(string line, string error) =>
        Assert.Equal(["1 a", $"2 ! {error}", "3 b"], await ReadAsync($"{First}\n{line}\n{Second}"));

    [Fact]
    public async Task ReadAsync_ControlCharactersInAFieldName_DoNotReachTheTerminal()
    {
        var lines = await ReadAsync("""{"version":1,"\u001b[2J":1}""");

        Assert.DoesNotContain('\u001b', Assert.Single(lines));
    }

    [Fact]
    public async Task ReadAsync_SameRequestTwice_IsHandedOutTwice() =>
        Assert.Equal(["1 a", "2 a"], await ReadAsync($"{First}\n{First}\n"));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task ReadAsync_BytesThatTrickleIn_MakeTheSameLines(int atOnce)
    {
        var bytes = (byte[])[0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes($"{First}\r\n\r\n{Second}")];

        Assert.Equal(["1 a", "3 b"], await ReadAsync(new TricklingStream(bytes, atOnce)));
    }

    [Fact]
    public async Task ReadAsync_SlowPipe_HandsOutALineBeforeTheNextArrives()
    {
        var pipe = new System.IO.Pipelines.Pipe();
        await using var lines = RequestFileReader.ReadAsync(pipe.Reader.AsStream(), CancellationToken.None).GetAsyncEnumerator();

        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(First + "\n"));

        Assert.True(await lines.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System));
        Assert.Equal("1 a", Show(lines.Current));
        await pipe.Writer.CompleteAsync();
        Assert.False(await lines.MoveNextAsync());
    }

    [Fact]
    public async Task ReadAsync_Accepted_CarriesTheBytesOfTheLine()
    {
        await using var stream = new MemoryStream(Encoding.UTF8.GetBytes(First + "\r\n"));

        var line = Assert.IsType<RequestLine.Accepted>(Assert.Single(await RequestFileReader.ReadAsync(stream, CancellationToken.None).ToListAsync()));

        Assert.Equal(First, Encoding.UTF8.GetString(line.Body.Span));
    }

    private static Task<List<string>> ReadAsync(string text) => ReadAsync(Encoding.UTF8.GetBytes(text));

    private static Task<List<string>> ReadAsync(byte[] bytes) => ReadAsync(new MemoryStream(bytes));

    private static async Task<List<string>> ReadAsync(Stream stream) =>
        [.. (await RequestFileReader.ReadAsync(stream, CancellationToken.None).ToListAsync()).Select(Show)];

    private static string Show(RequestLine line) => line switch
    {
        RequestLine.Accepted accepted => $"{accepted.Number} {accepted.Request.RequestId}",
        RequestLine.Rejected rejected => $"{rejected.Number} ! {rejected.Error}",
        _ => "?",
    };

    private sealed class TricklingStream(byte[] bytes, int atOnce) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(atOnce, buffer.Length)], cancellationToken);
    }
}

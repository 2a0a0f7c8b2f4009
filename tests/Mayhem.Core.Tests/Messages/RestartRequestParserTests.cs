using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mayhem.Messages;

namespace Mayhem.Core.Tests.Messages;

public class RestartRequestParserTests
{
    private const string Whole =
        """{"version":1,"requestId":"r-1","host":"cattle-0001","group":"web","requester":"ops","reason":"stuck","notAfter":"2026-11-20T18:30:00+01:00"}""";

    [Fact]
    public void Parse_EveryField_IsRead()
    {
        var request = Readable(Whole);
        Assert.Equal(("r-1", "cattle-0001", "web", "ops", "stuck"), (request.RequestId, request.Host, request.Group, request.Requester, request.Reason));
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 17, 30, 0, TimeSpan.Zero), request.NotAfter);
    }

    [Fact]
    public void Parse_OnlyRequiredFields_LeavesTheOthersEmpty()
    {
        var request = Readable("""{"version":1,"requestId":"r-1","host":"h","requester":"ops"}""");
        Assert.Equal(("", "", null), (request.Group, request.Reason, request.NotAfter));
    }

    [Fact]
    public void Parse_OptionalFieldsNull_AreLikeAbsent()
    {
        var request = Readable("""{"version":1,"requestId":"r-1","host":"h","requester":"ops","group":null,"reason":null,"notAfter":null}""");
        Assert.Equal(("", "", null), (request.Group, request.Reason, request.NotAfter));
    }

    [Fact]
    public void Parse_ByteOrderMark_IsSkipped() => Readable("\uFEFF" + Whole);

    [Theory]
    [InlineData("", "body")]
    [InlineData("restart please", "body")]
    [InlineData("[1]", "body")]
    [InlineData("""{"version":1}{"version":1}""", "body")]
    [InlineData("""{"version":1,"requestId":"r-1","host":"h","requester":"\ud800"}""", "body")]
    [InlineData("{}", "version")]
    [InlineData("""{"version":2,"color":"blue"}""", "version")]
    [InlineData("""{"version":"1","requestId":"r-1","host":"h","requester":"o"}""", "version")]
    [InlineData("""{"version":{"a":[1]},"requestId":"r-1","host":"h","requester":"o"}""", "version")]
    [InlineData("""{"version":1,"host":"h","requester":"o"}""", "requestId")]
    [InlineData("""{"version":1,"requestId":" ","host":"h","requester":"o"}""", "requestId")]
    [InlineData("""{"version":1,"requestId":"r-1:r2","host":"h","requester":"o"}""", "requestId")]
    [InlineData("""{"version":1,"requestId":"r\u001b[2J","host":"h","requester":"o"}""", "requestId")]
    [InlineData("""{"version":1,"requestId":"r-1","host":"h","requester":"o\r\no"}""", "requester")]
    [InlineData("""{"version":1,"requestId":7,"host":"h","requester":"o"}""", "requestId")]
    [InlineData("""{"version":1,"requestId":"a","requestId":"b","host":"h","requester":"o"}""", "requestId")]
    [InlineData("""{"version":1,"requestId":"r-1","requester":"o"}""", "host")]
    [InlineData("""{"version":1,"requestId":"r-1","host":"../etc","requester":"o"}""", "host")]
    [InlineData("""{"version":1,"requestId":"r-1","host":["h"],"requester":"o"}""", "host")]
    [InlineData("""{"version":1,"requestId":"r-1","host":"h"}""", "requester")]
    [InlineData("""{"version":1,"requestId":"r-1","host":"h","requester":null}""", "requester")]
    [InlineData("""{"version":1,"requestId":"r-1","host":"h","requester":"o","notAfter":""}""", "notAfter")]
    [InlineData("""{"version":1,"requestId":"r-1","host":"h","requester":"o","hots":"h"}""", "hots")]
    [InlineData("""{"version":1,"requestId":"r-1","host":"h","requester":"o","notAfter":"tomorrow"}""", "notAfter")]
    [InlineData("""{"version":1,"requestId":"r-1","host":"h","requester":"o","notAfter":"2026-11-20T18:30:00"}""", "notAfter")]
    public void Parse_AnythingElse_NamesTheField(string body, string field)
    {
        var unreadable = Assert.IsType<ParseResult.Unreadable>(RestartRequestParser.Parse(Encoding.UTF8.GetBytes(body)));
        Assert.Equal(field, unreadable.Field);
        Assert.StartsWith(field, unreadable.Error, StringComparison.Ordinal);
        Assert.EndsWith(".", unreadable.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_TooLong_SaysHowLong()
    {
        var unreadable = Assert.IsType<ParseResult.Unreadable>(RestartRequestParser.Parse(Encoding.UTF8.GetBytes(
            $$"""{"version":1,"requestId":"{{new string('r', 101)}}","host":"h","requester":"o"}""")));
        Assert.Equal("requestId has 101 characters; at most 100 are allowed.", unreadable.Error);
    }

    [Fact]
    public void Parse_ReasonOfSeveralLines_IsRead() =>
        Assert.Equal("a\nb", Readable("""{"version":1,"requestId":"r-1","host":"h","requester":"ops","reason":"a\nb"}""").Reason);

    [Theory]
    [InlineData("{x", "body is not JSON: byte 2 does not fit.")]
    [InlineData("{\n x", "body is not JSON: byte 2 of line 2 does not fit.")]
    public void Parse_NotJson_CountsBytesAndLinesFromOne(string body, string error) =>
        Assert.Equal(error, Assert.IsType<ParseResult.Unreadable>(RestartRequestParser.Parse(Encoding.UTF8.GetBytes(body))).Error);

    [Fact]
    public void Parse_InvalidUtf8_IsUnreadable() =>
        Assert.Equal("body", Assert.IsType<ParseResult.Unreadable>(RestartRequestParser.Parse([(byte)'{', 0xC3, 0x28, (byte)'}'])).Field);

    [Fact]
    public void Parse_AnyBytes_NeverThrows() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(
            ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<int>(), (noise, at) =>
            {
                var body = Encoding.UTF8.GetBytes(Whole).ToList();
                body.InsertRange(Math.Abs(at % body.Count), noise);
                return RestartRequestParser.Parse(body.ToArray()) is not null;
            }));

    private static RestartRequest Readable(string body) =>
        Assert.IsType<ParseResult.Readable>(RestartRequestParser.Parse(Encoding.UTF8.GetBytes(body))).Request;
}

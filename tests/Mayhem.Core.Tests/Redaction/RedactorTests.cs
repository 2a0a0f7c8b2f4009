using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using Mayhem.Redaction;

namespace Mayhem.Core.Tests.Redaction;

public class RedactorTests
{
    public static readonly TheoryData<string> SecretTexts = [.. Secrets.Texts];

    public static readonly TheoryData<string> HarmlessTexts = [.. Secrets.Harmless];

    [Theory]
    [MemberData(nameof(SecretTexts))]
    public void Text_WithASecret_LosesItAndShowsWhere(string text)
    {
        var redacted = Redactor.Text(text);

        Assert.DoesNotContain("Pl4nt3d", redacted, StringComparison.Ordinal);
        Assert.Contains(Redactor.Mask, redacted, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(HarmlessTexts))]
    public void Text_WithoutASecret_IsLeftAlone(string text) => Assert.Same(text, Redactor.Text(text));

    [Fact]
    public void Text_AroundASecret_Stays()
    {
        Assert.Equal(
            "Server=db;User Id=sa;Password=(redacted);Encrypt=true", Redactor.Text($"Server=db;User Id=sa;Password={Secrets.Value};Encrypt=true"));
        Assert.Equal("https://h/q?sig=(redacted)&se=2026 said 403.", Redactor.Text($"https://h/q?sig={Secrets.Value}&se=2026 said 403."));
        Assert.Equal("login (password=(redacted)) failed", Redactor.Text($"login (password={Secrets.Value}) failed"));
        Assert.Equal("amqps://(redacted)@host:5671", Redactor.Text($"amqps://user:{Secrets.Value}@host:5671"));
    }

    [Fact]
    public void Text_ASecretAnywhereInAnyText_IsTakenOut_AndOnceIsEnough()
    {
        var texts =
            from secret in Gen.Elements(Secrets.Texts)
            from before in Gen.Elements(Secrets.Harmless.Append("").ToArray())
            from after in Gen.Elements(Secrets.Harmless.Append("").ToArray())
            from separator in Gen.Elements(" ", "\n", "; ", ", ", " -> ")
            select before + separator + secret + separator + after;

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(texts.ToArbitrary(), text =>
        {
            var redacted = Redactor.Text(text);
            return !redacted.Contains("Pl4nt3d", StringComparison.Ordinal) && Redactor.Text(redacted) == redacted;
        }));
    }

    [Fact]
    public void Text_AnythingAtAll_ComesBackTheSameTheSecondTime() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3000),
        Prop.ForAll<string[]>(parts =>
        {
            var text = string.Concat(parts.Zip(Enumerable.Repeat(new[] { "password=", "token: \"", "Bearer ", "://a:b@", "Cookie:", ";sig=", "==" }, 100).SelectMany(all => all), (part, piece) => part + piece));
            var redacted = Redactor.Text(text);
            return Redactor.Text(redacted) == redacted;
        }));

    [Theory]
    [InlineData("password=")]
    [InlineData("eyJaaaaaaa-")]
    [InlineData("://a:")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("Bearer ")]
    [InlineData("AAAAAAAAAAAAAAAA")]
    [InlineData("nothing at all. ")]
    public void Text_OfAnEnormousLength_IsCut_AndTakesNoLongTime(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 2_000_000 / piece.Length)) + "==" + " token=";
        var begun = Stopwatch.GetTimestamp();

        Assert.InRange(Redactor.Text(text).Length, 1, 64 * 1024);
        Assert.InRange(Stopwatch.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void MessageOf_AMessageThatThrows_SaysSo() => Assert.Equal("(FormatException while the message was read)", Redactor.MessageOf(new BadException()));

    private sealed class BadException : Exception
    {
        public override string Message => throw new FormatException();
    }
}

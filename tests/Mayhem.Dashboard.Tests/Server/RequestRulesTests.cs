using System.Net;

namespace Mayhem.Dashboard.Tests.Server;

public sealed class RequestRulesTests : IAsyncLifetime
{
    private DashboardStage stage = null!;

    public async Task InitializeAsync() => stage = await DashboardStage.OpenAsync();

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Theory]
    [InlineData("evil.example.net")]
    [InlineData("localhost.evil.example.net")]
    [InlineData("localhost")]
    [InlineData("localhost:1")]
    [InlineData("192.168.0.1")]
    public async Task Get_AnotherHost_IsRefused(string host)
    {
        using var http = await stage.HttpAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/samples") { Headers = { Host = host } };

        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task Get_ANameOfThisMachine_IsAnswered(string host)
    {
        using var http = await stage.HttpAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/samples") { Headers = { Host = $"{host}:{stage.Server.Port}" } };

        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example.net")]
    [InlineData("http://localhost:1")]
    [InlineData("null")]
    public async Task Get_APageOfAnotherSite_IsRefused(string origin)
    {
        using var http = await stage.HttpAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/samples") { Headers = { { "Origin", origin } } };

        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("cors", HttpStatusCode.Forbidden)]
    [InlineData("no-cors", HttpStatusCode.Forbidden)]
    [InlineData("navigate", HttpStatusCode.OK)]
    public async Task Get_FromAnotherSite_IsForLinksOnly(string mode, HttpStatusCode expected)
    {
        using var http = await stage.HttpAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "Sec-Fetch-Site", "cross-site" }, { "Sec-Fetch-Mode", mode } } };

        using var answer = await http.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("/api/halt")]
    [InlineData("/api/resume")]
    [InlineData("/api/bench/replay")]
    [InlineData("/api/bench/discard")]
    [InlineData("/api/bench/edit")]
    [InlineData("/api/bench/import")]
    [InlineData("/api/bench/cancel")]
    public async Task Post_WithoutThePagesToken_ChangesNothing(string path)
    {
        await stage.KillAsync(3);
        using var http = await stage.HttpAsync();
        http.DefaultRequestHeaders.Add("X-Mayhem-Token", "00000000000000000000000000000000");

        using var answer = await http.PostAsync(path, new StringContent("""{"by":"me","why":"because","confirmed":3}"""));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(3, stage.Broker.Counts.DeadLettered);
        Assert.Null(await stage.Ledger.FindHaltAsync(CancellationToken.None));
        Assert.Empty(await stage.Audit.ListAsync(CancellationToken.None).ToListAsync());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/samples")]
    [InlineData("/nowhere")]
    [InlineData("/api/nowhere")]
    public async Task Get_Anything_HasAStrictPolicy(string path)
    {
        using var http = await stage.HttpAsync();

        using var answer = await http.GetAsync(path);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Get_EveryPage_HasNoScriptOrStyleWithinIt()
    {
        using var http = await stage.HttpAsync();
        foreach (var path in new[] { "/", "/dead-letters", "/dead-letters/1", "/reports", "/reports/x", "/restarts", "/rules" })
        {
            var page = await http.GetStringAsync(path);

            Assert.DoesNotContain("<style", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(" style=", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("javascript:", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotMatch("<script(?![^>]* src=)", page);
            Assert.DoesNotMatch(" on[a-z]+=", page);
            Assert.DoesNotMatch("(src|href)=\"https?:", page);
            Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
        }
    }
}

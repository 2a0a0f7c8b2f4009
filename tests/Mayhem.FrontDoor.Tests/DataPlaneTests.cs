using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Azure.Messaging.ServiceBus;
using Mayhem.Local.Broker;

namespace Mayhem.FrontDoor.Tests;

public sealed class DataPlaneTests : FrontDoorUnderTest
{
    [Fact]
    public async Task Send_WithBrokerAndCustomProperties_IsReceivedByTheSdkAsSent()
    {
        using var response = await SendAsync(
            "{}", """{"MessageId":"m1","CorrelationId":"c1","Label":"restart","TimeToLive":90,"Unknown":1}""", Queue,
            ("tenant", "\"a\\u00e4\""), ("count", "3"), ("ratio", "0.5"), ("flag", "true"), ("when", "\"Sun, 06 Nov 1994 08:49:37 GMT\""));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var received = await Client.CreateReceiver(Queue).ReceiveMessageAsync();
        Assert.Equal(("m1", "c1", "restart", TimeSpan.FromSeconds(90)), (received!.MessageId, received.CorrelationId, received.Subject, received.TimeToLive));
        Assert.Equal("application/json; charset=utf-8", received.ContentType);
        Assert.Equal(
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["tenant"] = "aä", ["count"] = 3, ["ratio"] = 0.5, ["flag"] = true, ["when"] = new DateTime(1994, 11, 6, 8, 49, 37, DateTimeKind.Utc),
            },
            received.ApplicationProperties);
    }

    [Fact]
    public async Task Send_Duplicate_IsDroppedAndStillCreated()
    {
        await SendAsync("1", """{"MessageId":"m1"}""");
        using var again = await SendAsync("2", """{"MessageId":"m1"}""");

        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(1, Broker.Counts.Active);
    }

    [Fact]
    public async Task Send_Batch_SendsAllOfIt()
    {
        var content = new StringContent("""[{"Body":"one","BrokerProperties":{"MessageId":"a"}},{"Body":"two","UserProperties":{"n":1}}]""");
        content.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.microsoft.servicebus.json");

        using var response = await Http.PostAsync(new Uri($"/{Queue}/messages", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var peeked = await Client.CreateReceiver(Queue).PeekMessagesAsync(10);
        Assert.Equal(["one", "two"], peeked.Select(message => message.Body.ToString()));
        Assert.Equal(1, peeked[1].ApplicationProperties["n"]);
    }

    [Fact]
    public async Task PeekLock_Message_GivesBodyPropertiesAndLocation_AndDeleteCompletesIt()
    {
        var message = new ServiceBusMessage("hello") { MessageId = "m1", ContentType = "text/plain" };
        message.ApplicationProperties["tenant"] = "ä\"\n";
        await Client.CreateSender(Queue).SendMessageAsync(message);

        using var locked = await CallAsync(HttpMethod.Post, $"/{Queue}/messages/head?timeout=5");

        Assert.Equal(HttpStatusCode.Created, locked.StatusCode);
        Assert.Equal("hello", await locked.Content.ReadAsStringAsync());
        Assert.Equal("text/plain", locked.Content.Headers.ContentType!.MediaType);
        Assert.Equal("\"\\u00E4\\u0022\\n\"", locked.Headers.GetValues("tenant").Single());
        var properties = BrokerProperties(locked);
        Assert.Equal("m1", properties.GetProperty("MessageId").GetString());
        Assert.Equal(1, properties.GetProperty("DeliveryCount").GetInt32());
        Assert.Equal(1, Broker.Counts.Locked);
        using var completed = await CallAsync(HttpMethod.Delete, locked.Headers.Location!.PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, completed.StatusCode);
        Assert.Equal(new QueueCounts(0, 0, 0, 0, 0), Broker.Counts);
    }

    [Fact]
    public async Task Unlock_LockedMessage_IsAvailableAgain()
    {
        await SendAsync("x");
        using var locked = await CallAsync(HttpMethod.Post, $"/{Queue}/messages/head");

        using var unlocked = await CallAsync(HttpMethod.Put, locked.Headers.Location!.PathAndQuery);

        Assert.Equal(HttpStatusCode.OK, unlocked.StatusCode);
        Assert.Equal(1, Broker.Counts.Active);
    }

    [Fact]
    public async Task Renew_ByMessageIdAndToken_KeepsTheLock()
    {
        await SendAsync("x", """{"MessageId":"m1"}""");
        using var locked = await CallAsync(HttpMethod.Post, $"/{Queue}/messages/head");

        using var renewed = await CallAsync(HttpMethod.Post, $"/{Queue}/messages/m1/{BrokerProperties(locked).GetProperty("LockToken").GetString()}");

        Assert.Equal(HttpStatusCode.OK, renewed.StatusCode);
        Assert.Equal(1, Broker.Counts.Locked);
    }

    [Fact]
    public async Task ReceiveAndDelete_Message_IsGone()
    {
        await SendAsync("x", """{"MessageId":"m1"}""");

        using var received = await CallAsync(HttpMethod.Delete, $"/{Queue}/messages/head?timeout=1");

        Assert.Equal(HttpStatusCode.OK, received.StatusCode);
        Assert.Equal("x", await received.Content.ReadAsStringAsync());
        Assert.False(BrokerProperties(received).TryGetProperty("LockToken", out _));
        Assert.Equal(0, Broker.Counts.Active + Broker.Counts.Locked);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task Receive_NothingThere_IsNoContent(string method)
    {
        using var response = await CallAsync(new HttpMethod(method), $"/{Queue}/messages/head?timeout=0");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Fact]
    public async Task Receive_Waiting_GetsWhatComes()
    {
        var waiting = CallAsync(HttpMethod.Delete, $"/{Queue}/messages/head?timeout=30");
        await SendAsync("late");

        using var received = await waiting;

        Assert.Equal("late", await received.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Receive_FromDeadLetters_TellsWhyTheyDied()
    {
        await SendAsync("x");
        var receiver = Client.CreateReceiver(Queue);
        await receiver.DeadLetterMessageAsync((await receiver.ReceiveMessageAsync())!, "Poison", "It is none.");

        using var received = await CallAsync(HttpMethod.Delete, $"/{Queue}/$DeadLetterQueue/messages/head?timeout=1");

        Assert.Equal("\"Poison\"", received.Headers.GetValues("DeadLetterReason").Single());
    }

    [Fact]
    public async Task WhatCannotBeDone_IsToldWithItsStatus()
    {
        await RefusedAsync(HttpStatusCode.Gone, "There is no queue 'nowhere'", SendAsync("x", queue: "nowhere"));
        await RefusedAsync(HttpStatusCode.BadRequest, "BrokerProperties: the header is not JSON", SendAsync("x", "{"));
        await RefusedAsync(HttpStatusCode.BadRequest, "BrokerProperties: TimeToLive", SendAsync("x", """{"TimeToLive":0}"""));
        await RefusedAsync(HttpStatusCode.BadRequest, "MessageId", SendAsync("x", $$"""{"MessageId":"{{new string('x', 129)}}"}"""));
        await RefusedAsync(HttpStatusCode.BadRequest, "The header tenant", SendAsync("x", null, Queue, ("tenant", "\"open")));
        await RefusedAsync(HttpStatusCode.BadRequest, "requires sessions", SendAsync("x", queue: SessionQueue));
        await RefusedAsync(HttpStatusCode.BadRequest, "requires sessions", CallAsync(HttpMethod.Post, $"/{SessionQueue}/messages/head?timeout=0"));
        await RefusedAsync(HttpStatusCode.Forbidden, "4096", SendAsync(new string('x', 5000)));
        await RefusedAsync(HttpStatusCode.BadRequest, "timeout=soon", CallAsync(HttpMethod.Post, $"/{Queue}/messages/head?timeout=soon"));
        await RefusedAsync(HttpStatusCode.NotFound, "lock", CallAsync(HttpMethod.Delete, $"/{Queue}/messages/1/{Guid.NewGuid()}"));
        await RefusedAsync(HttpStatusCode.NotFound, "There is nothing here", CallAsync(HttpMethod.Get, "/"));
        await RefusedAsync(HttpStatusCode.MethodNotAllowed, "PATCH", CallAsync(HttpMethod.Patch, $"/{Queue}/messages"));
        Assert.Equal(0, Broker.Counts.Active);
    }

    [Fact]
    public async Task Complete_Twice_IsNotFound()
    {
        await SendAsync("x");
        using var locked = await CallAsync(HttpMethod.Post, $"/{Queue}/messages/head");
        await CallAsync(HttpMethod.Delete, locked.Headers.Location!.PathAndQuery);

        await RefusedAsync(HttpStatusCode.NotFound, "lock", CallAsync(HttpMethod.Delete, locked.Headers.Location!.PathAndQuery));
    }

    [Fact]
    public async Task PagesOfSites_AndForeignNames_StayOutside()
    {
        await RefusedAsync(HttpStatusCode.Forbidden, "no pages", SendAsync("x", null, Queue, ("Origin", "http://evil.example")));
        await RefusedAsync(HttpStatusCode.Forbidden, "no pages", SendAsync("x", null, Queue, ("Sec-Fetch-Site", "cross-site")));
        await RefusedAsync(HttpStatusCode.MisdirectedRequest, "evil.example", SendAsync("x", null, Queue, ("Host", "evil.example")));
        Assert.Equal(0, Broker.Counts.Active);
    }
}

// A receiver in Go with gin: what a rule's `callback.url` calls.
//
//	go run .        listens on http://127.0.0.1:4001/callback
//
// CALLBACK_SECRET is the `secret` of the rule (whsec_…), PORT another port.
package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"
	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// kept is how many answers are kept for repetitions.
const kept = 1000

var worked atomic.Int64

// answer is one that is kept, or still being worked on.
type answer struct {
	text   string
	pieces chan string   // closed with the last one; empty for an answer that does not grow
	done   chan struct{} // closed when text is there
}

// answers by `webhook-id`; order has the oldest first.
var (
	mutex   sync.Mutex
	answers = map[string]*answer{}
	order   []string
)

// work is yours: it returns the whole answer, and hands over its pieces meanwhile if it grows.
func work(question string, grows bool, say func(string)) string {
	// The number shows that a repetition is not worked on twice.
	said := fmt.Sprintf("%d. 您说 You said: %s", worked.Add(1), question)
	if !grows {
		return said
	}
	var all strings.Builder
	for _, piece := range []string{said, "。", "这段回答", "逐步", "显示。", " This", " answer", " grows."} {
		say(piece)
		all.WriteString(piece)
		time.Sleep(100 * time.Millisecond)
	}
	return all.String()
}

// answerOnce works on a task once; one that comes again gets the same answer.
func answerOnce(id, question string, grows bool) (a *answer, isKnown bool) {
	mutex.Lock()
	defer mutex.Unlock()
	if known, ok := answers[id]; ok {
		return known, true
	}
	a = &answer{pieces: make(chan string), done: make(chan struct{})}
	answers[id] = a
	if order = append(order, id); len(order) > kept {
		delete(answers, order[0])
		order = order[1:]
	}
	// In a goroutine of its own: it goes on when the caller hangs up.
	go func() {
		a.text = work(question, grows, func(piece string) { a.pieces <- piece })
		close(a.done)
		close(a.pieces)
	}()
	return a, false
}

func stream(c *gin.Context, a *answer, isKnown bool) {
	c.Header("Content-Type", "text/event-stream")
	if isKnown {
		<-a.done
		say(c, a.text)
	} else {
		c.Stream(func(io.Writer) bool {
			piece, more := <-a.pieces
			if more {
				say(c, piece)
			}
			return more
		})
		// A caller that hung up leaves pieces behind.
		for range a.pieces {
		}
	}
	c.SSEvent("", "[DONE]")
}

// say writes a piece as a JSON string: it may hold line breaks, or look like an object.
func say(c *gin.Context, piece string) {
	text, _ := json.Marshal(piece)
	c.SSEvent("", string(text))
}

func main() {
	secret := os.Getenv("CALLBACK_SECRET")
	address := "127.0.0.1:" + cmp.Or(os.Getenv("PORT"), "4001")
	webhook, err := standardwebhooks.NewWebhook(secret)
	if err != nil {
		log.Fatal("CALLBACK_SECRET: ", err)
	}
	gin.SetMode(gin.ReleaseMode)
	app := gin.Default()
	app.POST("/callback", func(c *gin.Context) {
		// The raw body: what is signed are the bytes as they came.
		body, err := c.GetRawData()
		if err != nil {
			c.Status(400)
			return
		}
		if secret != "" && webhook.Verify(body, c.Request.Header) != nil {
			c.Status(401)
			return
		}
		var task struct{ Question string }
		if json.Unmarshal(body, &task) != nil {
			c.Status(400)
			return
		}
		grows := strings.Contains(task.Question, "流") || strings.Contains(task.Question, "stream")
		a, isKnown := answerOnce(c.GetHeader("webhook-id"), task.Question, grows)
		if grows {
			stream(c, a, isKnown)
			return
		}
		<-a.done
		c.JSON(200, gin.H{"success": true, "message": a.text})
	})
	if secret == "" {
		log.Print("CALLBACK_SECRET is not set: signatures are not verified.")
	}
	log.Printf("Listening on http://%s/callback", address)
	log.Fatal(app.Run(address))
}

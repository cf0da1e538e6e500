CREATE TABLE "certificate_replacement" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"certificate_id" text COLLATE "C" NOT NULL,
	"ordinal" bigint NOT NULL,
	"cause" text COLLATE "C" NOT NULL,
	"note" text COLLATE "C" NOT NULL,
	"before" text NOT NULL,
	"replaced_on" text COLLATE "C" NOT NULL,
	"replaced_by" text COLLATE "C" NOT NULL,
	"replaced_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "certificate_review" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"certificate_id" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"grounds" text NOT NULL,
	"said" text COLLATE "C" NOT NULL,
	"opened_at" bigint NOT NULL,
	"outcome" text COLLATE "C",
	"reason" text COLLATE "C" NOT NULL,
	"decided_by" text COLLATE "C" NOT NULL,
	"decided_at" bigint
);
--> statement-breakpoint
ALTER TABLE "certificate" ADD COLUMN "replaced_on" text COLLATE "C";--> statement-breakpoint
CREATE UNIQUE INDEX "certificate_replacement_ordinal" ON "certificate_replacement" USING btree ("certificate_id","ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "certificate_review_open" ON "certificate_review" USING btree ("certificate_id") WHERE decided_at is null;--> statement-breakpoint
CREATE INDEX "certificate_review_certificate" ON "certificate_review" USING btree ("certificate_id");--> statement-breakpoint
CREATE INDEX "certificate_review_path" ON "certificate_review" USING btree ("path","opened_at");
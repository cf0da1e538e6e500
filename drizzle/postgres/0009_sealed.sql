CREATE TABLE "draw_commitment" (
	"day" text COLLATE "C" PRIMARY KEY NOT NULL,
	"hash" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drill_secrecy" (
	"drill_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"body" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sealed_slot" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"mark" text COLLATE "C" NOT NULL,
	"blob" text COLLATE "C" NOT NULL
);
